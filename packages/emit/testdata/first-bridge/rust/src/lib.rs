//! Implementation of `pricing.v1.Pricing`, which Go calls in process.
//!
//! The module `generated` follows the contract: `nx sync` rewrites it. Everything else here is yours.

mod generated;

pub use generated::*;

use generated::{PricingError as Error, PricingErrorCode as Code};
use grout::Cx;

/// Serves all calls of the process, from any thread. It is made when the first call arrives.
#[derive(Debug, Default)]
pub struct Service;

impl Pricing for Service {
    fn add(&self, _cx: &Cx, request: AddRequest) -> Result<AddResponse, Error> {
        let AddRequest { left, right } = request;
        match left.checked_add(right) {
            Some(sum) => Ok(AddResponse { sum }),
            None => Err(Code::Overflow.error(format!("{left} + {right} does not fit in 64 bits"))),
        }
    }

    fn greet(&self, _cx: &Cx, request: GreetRequest) -> Result<GreetResponse, Error> {
        if request.name.is_empty() {
            return Err(Code::EmptyName.error("there is nobody to greet"));
        }
        let text = format!("Hello, {}!", request.name);
        Ok(GreetResponse { text })
    }

    fn inspect(&self, cx: &Cx, request: InspectRequest) -> Result<InspectResponse, Error> {
        let bytes = select(&request)?;
        let mut checksum = 0_u32;
        for chunk in bytes.chunks(1 << 16) {
            // A caller that has stopped waiting is not served to the end.
            cx.check()?;
            checksum = chunk
                .iter()
                .fold(checksum, |sum, byte| sum.rotate_left(5) ^ u32::from(*byte));
        }
        let summary = Summary {
            size: bytes.len() as u64,
            checksum,
            text: std::str::from_utf8(bytes).is_ok(),
        };
        Ok(InspectResponse {
            summary: Some(summary),
            excerpt: bytes.iter().copied().take(16).collect(),
        })
    }
}

/// The part of the payload that the window shows; all of it when there is no window.
fn select(request: &InspectRequest) -> Result<&[u8], Error> {
    let payload = request.payload.as_slice();
    let Some(window) = &request.window else {
        return Ok(payload);
    };
    let start = window.offset as usize;
    let end = start.saturating_add(window.length as usize);
    payload.get(start..end).ok_or_else(|| {
        let size = payload.len();
        Code::OutOfRange.error(format!("{start}..{end} of {size} bytes"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn add_computes_the_sum_or_says_that_it_overflows() {
        let add = |left, right| Service.add(&Cx::background(), AddRequest { left, right });
        assert_eq!(add(2, 3), Ok(AddResponse { sum: 5 }));
        let error = add(i64::MAX, 1).expect_err("the sum does not fit");
        assert_eq!(error.code(), Some(Code::Overflow));
    }

    #[test]
    fn greet_needs_a_name() {
        let greet = |name: &str| {
            let name = name.to_owned();
            Service.greet(&Cx::background(), GreetRequest { name })
        };
        assert_eq!(
            greet("Ada").map(|response| response.text),
            Ok("Hello, Ada!".to_owned())
        );
        assert_eq!(
            greet("").expect_err("no name").code(),
            Some(Code::EmptyName)
        );
    }

    #[test]
    fn inspect_looks_through_the_window() {
        let inspect = |window| {
            let payload = b"abcdef".to_vec();
            Service.inspect(&Cx::background(), InspectRequest { payload, window })
        };
        let inside = inspect(Some(Window {
            offset: 1,
            length: 2,
        }))
        .expect("inside");
        assert_eq!(inside.excerpt, b"bc");
        assert_eq!(inside.summary.map(|summary| summary.size), Some(2));
        assert_eq!(inspect(None).expect("everything").excerpt, b"abcdef");
        let outside = inspect(Some(Window {
            offset: 5,
            length: 2,
        }))
        .expect_err("outside");
        assert_eq!(outside.code(), Some(Code::OutOfRange));
    }
}
