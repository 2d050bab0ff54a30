//! Implementation of the services of `shop.v1`.

mod generated;

pub use generated::*;

use grout::{Cx, Error, ForwardExt};
use std::sync::{Arc, Mutex, PoisonError};

/// Serves the calls of both services, from one list of prices.
#[derive(Debug)]
pub struct Service {
    prices: Arc<[(&'static str, i64)]>,
}

impl Default for Service {
    fn default() -> Self {
        Self {
            prices: Arc::new([("apple", 50), ("pear", 70)]),
        }
    }
}

impl Catalog for Service {
    type Basket = Products;

    fn find(&self, _cx: &Cx, request: FindRequest) -> Result<Product, ShopError> {
        find(&self.prices, &request.name)
    }

    fn fill(&self, _cx: &Cx, _request: FillRequest) -> Result<Products, Error> {
        Ok(Products {
            prices: Arc::clone(&self.prices),
            products: Mutex::default(),
        })
    }
}

impl Pricing for Service {
    fn find(&self, _cx: &Cx, request: FindRequest) -> Result<FindPriceResponse, ShopError> {
        let Product { price, .. } = find(&self.prices, &request.name)?;
        Ok(FindPriceResponse { price })
    }

    fn haggle(
        &self,
        cx: &Cx,
        request: HaggleRequest,
        callback: Arc<dyn Discounts>,
    ) -> Result<HaggleResponse, ShopError> {
        let Product { price, .. } = request.product.unwrap_or_default();
        let price = discounted(cx, price.unwrap_or_default(), &*callback)?;
        Ok(HaggleResponse { price: Some(price) })
    }
}

/// A basket.
#[derive(Debug)]
pub struct Products {
    prices: Arc<[(&'static str, i64)]>,
    products: Mutex<Vec<Product>>,
}

impl Basket for Products {
    fn put(&self, _cx: &Cx, request: PutRequest) -> Result<PutResponse, ShopError> {
        let product = find(&self.prices, &request.name)?;
        let mut products = self.products.lock().unwrap_or_else(PoisonError::into_inner);
        products.push(product);
        Ok(PutResponse {
            products: u32::try_from(products.len()).unwrap_or(u32::MAX),
        })
    }

    fn total(
        &self,
        cx: &Cx,
        _request: TotalRequest,
        callback: Arc<dyn Discounts>,
    ) -> Result<TotalResponse, Error> {
        let products = self.list(cx, ListRequest {})?.products;
        let cents = products
            .iter()
            .filter_map(|product| product.price.as_ref())
            .map(|price| price.cents)
            .sum();
        let total = discounted(cx, Money { cents }, &*callback).forward()?;
        Ok(TotalResponse { total: Some(total) })
    }

    fn list(&self, _cx: &Cx, _request: ListRequest) -> Result<ListResponse, Error> {
        let products = self.products.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(ListResponse {
            products: products.clone(),
        })
    }
}

fn find(prices: &[(&str, i64)], name: &str) -> Result<Product, ShopError> {
    assert_ne!(name, "cellar", "nobody goes down there");
    prices
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(name, cents)| Product {
            name: name.to_owned(),
            price: Some(Money { cents }),
        })
        .ok_or_else(|| {
            ShopErrorCode::UnknownProduct
                .error("not in the list")
                .with("name", name)
        })
}

fn discounted(cx: &Cx, price: Money, discounts: &dyn Discounts) -> Result<Money, ShopError> {
    let off = discounts.off(cx, price.clone())?;
    Ok(Money {
        cents: price.cents - off.cents,
    })
}
