//! Implementation of `calc.v1.Calc`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Calc for Service {
    fn echo(&self, _cx: &Cx, request: Scalars) -> Result<Scalars, Error> {
        Ok(request)
    }

    fn sum(&self, _cx: &Cx, request: SumRequest) -> Result<SumResponse, Error> {
        let SumRequest { a, b, c } = request;
        let sum = a.wrapping_add(b).wrapping_add(c);
        Ok(SumResponse { sum })
    }

    fn remaining(&self, cx: &Cx, _: RemainingRequest) -> Result<RemainingResponse, Error> {
        Ok(RemainingResponse {
            limited: cx.deadline().is_some(),
            seconds: cx.remaining().unwrap_or_default().as_secs_f64(),
        })
    }

    fn dawdle(&self, cx: &Cx, _: DawdleRequest) -> Result<DawdleResponse, Error> {
        if cx.deadline().is_none() {
            return Ok(DawdleResponse {});
        }
        loop {
            cx.check()?;
            std::thread::yield_now();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sum_adds() {
        let request = SumRequest { a: 1, b: 2, c: 3 };
        let response = Service.sum(&Cx::background(), request);
        assert_eq!(response, Ok(SumResponse { sum: 6 }));
    }
}
