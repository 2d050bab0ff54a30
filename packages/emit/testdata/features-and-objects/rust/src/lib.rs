//! Has objects and methods that depend on features.

mod generated;

pub use generated::*;

use grout::{Cx, Error};
#[cfg(feature = "tracing")]
use std::sync::Arc;

/// Serves all calls.
#[derive(Debug, Default)]
pub struct Service;

impl Meter for Service {
    type Probe = Mean;

    #[cfg(feature = "tracing")]
    type Recording = Tape;

    fn open(&self, _cx: &Cx, _request: OpenRequest) -> Result<Mean, Error> {
        Ok(Mean)
    }

    #[cfg(feature = "tracing")]
    fn record(
        &self,
        _cx: &Cx,
        request: RecordRequest,
        callback: Arc<dyn Listener>,
    ) -> Result<Tape, Error> {
        let RecordRequest { name } = request;
        Ok(Tape { name, callback })
    }
}

/// Computes means.
#[derive(Debug)]
pub struct Mean;

impl Probe for Mean {
    fn mean(&self, _cx: &Cx, request: MeanRequest) -> Result<MeanResponse, Error> {
        Ok(mean(&request.values))
    }

    #[cfg(feature = "simd")]
    fn mean_fast(&self, _cx: &Cx, request: MeanFastRequest) -> Result<MeanResponse, Error> {
        Ok(mean(&request.values))
    }
}

fn mean(values: &[f64]) -> MeanResponse {
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
    MeanResponse {
        mean: values.iter().sum::<f64>() / f64::from(count.max(1)),
    }
}

/// What was heard.
#[cfg(feature = "tracing")]
pub struct Tape {
    name: String,
    callback: Arc<dyn Listener>,
}

#[cfg(feature = "tracing")]
impl Recording for Tape {
    fn play(&mut self, cx: &Cx, _request: PlayRequest) -> Result<PlayResponse, Error> {
        let name = self.name.clone();
        self.callback.heard(cx, Sound { name: name.clone() })?;
        Ok(PlayResponse { name })
    }

    #[cfg(feature = "simd")]
    fn play_fast(&mut self, cx: &Cx, request: PlayRequest) -> Result<PlayResponse, Error> {
        self.play(cx, request)
    }
}
