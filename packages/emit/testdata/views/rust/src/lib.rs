//! Implementation of `shelf.v1.Shelf`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Shelf for Service {
    fn look(&self, _cx: &Cx, request: LookRequest<'_>) -> Result<LookResponse, Error> {
        Ok(LookResponse {
            body_address: request.body.as_ptr().addr() as u64,
            seen: format!("{request:?}"),
        })
    }

    fn count(&self, _cx: &Cx, request: CountRequest<'_>) -> Result<CountResponse, Error> {
        let asked = request.query.as_ref().map_or(0, words_of);
        Ok(CountResponse {
            words: request.words.len() as u64 + asked,
            part_bytes: request.parts.values().map(|part| part.len() as u64).sum(),
        })
    }
}

fn words_of(query: &Query<'_>) -> u64 {
    match &query.of {
        None => 0,
        Some(QueryOf::Word(_)) => 1,
        Some(QueryOf::Joined(joined)) => joined.queries.iter().map(words_of).sum(),
    }
}
