//! Implementation of `invoicing.v1.Invoicing`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};
use std::collections::BTreeMap;

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Invoicing for Service {
    fn total(&self, _cx: &Cx, request: TotalRequest<'_>) -> Result<TotalResponse, Error> {
        let mut by_currency = BTreeMap::<String, Money>::new();
        for item in &request.items {
            let sum = by_currency
                .entry(format!("{:?}", item.currency))
                .or_default();
            sum.currency = item.currency;
            sum.units += item.units;
        }
        let discount = request.money.map_or(0, |discount| discount.units);
        let total = request.items.into_iter().reduce(|total, item| Money {
            units: total.units + item.units,
            ..total
        });
        Ok(TotalResponse {
            total: total.map(|total| Money {
                units: total.units - discount,
                ..total
            }),
            by_currency,
            remark_len: request.remark.map_or(0, |remark| length(&remark)),
        })
    }

    fn double(&self, _cx: &Cx, request: Money) -> Result<Money, Error> {
        Ok(request.doubled())
    }

    fn settle(&self, _cx: &Cx, request: SettleRequest) -> Result<SettleResponse, Error> {
        let refused = request
            .preferred
            .filter(|currency| !request.accepted.contains(currency));
        Ok(SettleResponse {
            payment: request.payment,
            outcome: refused.map(SettleResponseOutcome::Refused),
        })
    }

    fn split(&self, _cx: &Cx, request: SplitRequest) -> Result<SplitResponse, Error> {
        let SplitRequest { amount, ways } = request;
        let amount = amount.unwrap_or_default();
        let part = |_| Money {
            units: amount.units / i64::from(ways),
            ..amount.clone()
        };
        Ok(SplitResponse {
            parts: (0..ways).map(part).collect(),
        })
    }
}

/// Takes the type by the crate that it belongs to, which is the same.
fn length(remark: &money_rust::Remark<'_>) -> u32 {
    u32::try_from(remark.text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Invoicing, Service, TotalRequest};
    use grout::{Cx, Error};
    use money_rust::{ConvertRequest, Currency, Exchange, Money};

    /// Proves L13 of Rust. Expected: what one service answers is what the other is asked.
    #[test]
    fn a_value_of_one_crate_is_given_to_the_other() -> Result<(), Error> {
        let cx = Cx::background();
        let amount = Money {
            currency: Currency::Eur,
            units: 21,
            holder: "Ada".to_owned(),
        };
        let request = ConvertRequest {
            amount: Some(amount.doubled()),
            to: Currency::Usd,
        };
        let converted = money_rust::Service.convert(&cx, request)?;
        let request = TotalRequest {
            items: converted.amount.into_iter().collect(),
            ..TotalRequest::default()
        };
        assert!(!format!("{request:?}").contains("Ada"));
        let total = Service.total(&cx, request)?.total.unwrap_or_default();
        assert_eq!((total.currency, total.units), (Currency::Usd, 42));
        Ok(())
    }
}
