//! What the generated bridge calls by a handle; `byhand.rs` does the same work behind a pointer.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

#[derive(Debug, Default)]
pub struct Service;

pub struct Opened {
    start: u64,
}

impl Adders for Service {
    type Adder = Opened;

    fn open(&self, _cx: &Cx, request: OpenRequest) -> Result<Opened, Error> {
        Ok(Opened {
            start: request.start,
        })
    }
}

impl Adder for Opened {
    fn sum(&self, _cx: &Cx, request: SumRequest) -> Result<SumResponse, Error> {
        let SumRequest { a, b, c } = request;
        let sum = self.start.wrapping_add(work::sum(a, b, c));
        Ok(SumResponse { sum })
    }
}
