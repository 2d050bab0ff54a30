//! Has nothing to serve in a build without features.

mod generated;

pub use generated::*;

/// Serves all calls.
#[derive(Debug, Default)]
pub struct Service;

impl Pump for Service {
    #[cfg(feature = "pressure")]
    fn measure(
        &self,
        _cx: &grout::Cx,
        request: MeasureRequest,
    ) -> Result<MeasureResponse, grout::Error> {
        let bars = request.valve.chars().map(|_| 1.0).collect();
        Ok(MeasureResponse { bars })
    }

    #[cfg(feature = "alarms")]
    fn warn(
        &self,
        cx: &grout::Cx,
        request: WarnRequest,
        callback: std::sync::Arc<dyn Siren>,
    ) -> Result<WarnResponse, grout::Error> {
        callback.sound(cx, request)
    }
}
