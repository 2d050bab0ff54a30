//! Implementation of `money.v1.Exchange`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Exchange for Service {
    fn convert(&self, _cx: &Cx, request: ConvertRequest) -> Result<ConvertResponse, Error> {
        let ConvertRequest { amount, to } = request;
        let amount = amount.map(|amount| Money {
            currency: to,
            ..amount
        });
        Ok(ConvertResponse { amount })
    }
}

impl Money {
    /// Twice as much.
    #[must_use]
    pub fn doubled(self) -> Self {
        Self {
            units: self.units.saturating_mul(2),
            ..self
        }
    }
}
