//! Implementation of `orders.v1.Orders`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Orders for Service {
    fn echo(&self, _cx: &Cx, order: Order) -> Result<Order, Error> {
        Ok(order)
    }

    fn describe(&self, _cx: &Cx, order: Order) -> Result<Description, Error> {
        let customer = order.customer.as_ref();
        let present = [
            ("customer", customer.is_some()),
            (
                "customer.address",
                customer.is_some_and(|customer| customer.address.is_some()),
            ),
            ("ship_to", order.ship_to.is_some()),
            ("gift", order.gift.is_some()),
        ];
        let names: Vec<&str> = present
            .iter()
            .filter(|(_, here)| *here)
            .map(|(name, _)| *name)
            .collect();
        let text = names.join(" ");
        Ok(Description { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn describe_names_what_is_there() {
        let order = Order {
            gift: Some(Flag {}),
            ..Order::default()
        };
        let description = Service
            .describe(&Cx::background(), order)
            .expect("a response");
        assert_eq!(description.text, "gift");
    }
}
