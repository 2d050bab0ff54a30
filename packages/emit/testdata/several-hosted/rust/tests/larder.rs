//! What only the real implementations can show.
#![cfg(feature = "archive")]

use grout::{Cx, Error, RuntimeCode};
use larder_rust::{
    FindOrderRequest, FindRequest, LarderErrorCode, MockOrders, MockStock, Order, Orders,
    PutRequest, Shelf, Stock, connect_orders, connect_stock,
};

fn some(item: &str, count: u32) -> Shelf {
    let item = item.to_owned();
    Shelf { item, count }
}

/// What a program does that knows nothing of Go.
fn deliver(stock: &dyn Stock, orders: &dyn Orders, item: &str) -> Result<Order, Error> {
    let cx = Cx::background();
    let put = PutRequest {
        item: item.to_owned(),
        count: 3,
    };
    let shelf = stock.put(&cx, put).map_err(Error::forward)?;
    let order = Order {
        number: 0,
        items: vec![shelf],
    };
    orders.place(&cx, order).map_err(Error::forward)
}

// Proves G9: the services of an archive are connected to one by one, and share what Go has. Expected: what one of them was
// given, the other has; a second client of a service calls the same one.
#[test]
fn services_of_one_archive_share_what_go_has() {
    let (stock, orders) = (connect_stock(), connect_orders());
    let (stock, orders) = (stock.expect("it fits"), orders.expect("it fits"));
    let order = deliver(&stock, &orders, "nail").expect("an order");
    assert_eq!(order.items, [some("nail", 3)]);
    let cx = Cx::background();
    let find = FindOrderRequest {
        number: order.number,
    };
    let again = connect_orders().expect("it fits");
    assert_eq!(again.find(&cx, find), Ok(order));
    let item = "nail".to_owned();
    assert_eq!(stock.find(&cx, FindRequest { item }), Ok(some("nail", 0)));
}

// Rules G9 and E13: each service has its own rule for texts that nobody wrote for the caller.
#[test]
fn each_service_says_what_may_cross_with_its_errors() {
    let (stock, orders) = (connect_stock(), connect_orders());
    let (stock, orders) = (stock.expect("it fits"), orders.expect("it fits"));
    let cx = Cx::background();
    let item = "gold".to_owned();
    let open = stock.find(&cx, FindRequest { item }).expect_err("none");
    let order = Order {
        number: 0,
        items: vec![some("gold", 1)],
    };
    let closed = orders.place(&cx, order).expect_err("none");
    for (error, method, cause) in [
        (&open, "Stock.Find", "see aisle 7"),
        (&closed, "Orders.Place", "withheld"),
    ] {
        assert_eq!(error.code(), Some(LarderErrorCode::UnknownItem));
        assert_eq!(error.method(), method);
        assert_eq!(error.hint(), "put gold there first");
        let causes = error.record().causes;
        assert!(causes[0].message.contains(cause), "{causes:?}");
    }
}

// Proves G7 and G9: a mock stands in for one service, whatever stands in for another. Expected: the mocks answer by
// their functions, and name the method that has none.
#[test]
fn each_service_has_a_mock_of_its_own() {
    let stock = MockStock::default().on_put(|_, request| Ok(some(&request.item, request.count)));
    let orders = MockOrders::default().on_place(|_, order| Ok(Order { number: 7, ..order }));
    let order = deliver(&stock, &orders, "nail").expect("an order");
    assert_eq!((order.number, order.items), (7, vec![some("nail", 3)]));
    let error = deliver(&MockStock::default(), &orders, "nail").expect_err("no function");
    assert_eq!(error.runtime_code(), Some(RuntimeCode::Unimplemented));
    assert_eq!(error.method(), "Stock.Put");
}
