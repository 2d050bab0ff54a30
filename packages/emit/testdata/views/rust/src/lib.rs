//! Implementation of `shelf.v1.Shelf`.

mod generated;

pub use generated::*;

use grout::{Bytes, Cx, Error};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service {
    kept: Mutex<HashMap<String, Arc<Vec<u8>>>>,
}

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

    fn keep(&self, _cx: &Cx, request: KeepRequest<'_>) -> Result<KeepResponse, Error> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(request.key.to_owned(), Arc::new(request.body));
        Ok(KeepResponse {})
    }

    fn get(&self, _cx: &Cx, request: GetRequest<'_>) -> Result<GetResponse, Error> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(body) = kept.get(request.key) else {
            return Ok(GetResponse::default());
        };
        Ok(GetResponse {
            reversed: body.iter().rev().copied().collect(),
            owners: Arc::strong_count(body) as u64,
            body: Bytes::from(Arc::clone(body)),
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
