//! Says how it was built.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves all calls.
#[derive(Debug, Default)]
pub struct Service;

impl Gears for Service {
    fn describe(&self, _cx: &Cx, _request: DescribeRequest) -> Result<DescribeResponse, Error> {
        Ok(DescribeResponse {
            simd: cfg!(feature = "simd"),
            tracing: cfg!(all(feature = "tracing", feature = "otel")),
        })
    }
    #[cfg(all(feature = "tracing", feature = "otel"))]
    fn trace(&self, _cx: &Cx, request: TraceRequest) -> Result<TraceResponse, Error> {
        let text = format!("{} was here", request.name);
        Ok(TraceResponse { text })
    }
}
