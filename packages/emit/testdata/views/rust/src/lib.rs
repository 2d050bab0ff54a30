//! Implementation of `shelf.v1.Shelf`.

mod generated;

pub use generated::*;

use grout::{Bytes, Cx, Error, Text};
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
        let Some((body, owners)) = self.find(request.key) else {
            return Ok(GetResponse::default());
        };
        Ok(GetResponse {
            reversed: body.iter().rev().copied().collect(),
            owners,
            body,
        })
    }

    fn read(&self, _cx: &Cx, request: ReadRequest<'_>) -> Result<ReadResponse, Error> {
        let Some((body, owners)) = self.find(request.key) else {
            return Ok(ReadResponse::default());
        };
        let Ok(text) = Text::try_from(body.clone()) else {
            return Ok(ReadResponse::default());
        };
        let title = text.slice(..text.find('\n').unwrap_or(text.len()));
        Ok(ReadResponse {
            card: Some(Card {
                shouted: title.to_uppercase(),
                kind: "plain".to_owned(),
                scan: Some(Scan { body }),
                breaks: breaks_of(&text),
                title,
            }),
            text,
            owners,
        })
    }

    fn browse(&self, _cx: &Cx, request: BrowseRequest<'_>) -> Result<BrowseResponse, Error> {
        let mut response = BrowseResponse::default();
        for key in request.keys {
            let body = self.find(key).map(|(body, _)| body);
            let text = body.clone().map(Text::try_from).and_then(Result::ok);
            response.pages.push(Page {
                key: key.to_owned(),
                text: text.clone().unwrap_or_default(),
                scan: body.clone().map(|body| Scan { body }),
            });
            response.bodies.push(body.unwrap_or_default());
            response.texts.extend(text);
        }
        Ok(response)
    }
}

impl Service {
    /// What is kept by a key, and how many owners it had.
    fn find(&self, key: &str) -> Option<(Bytes, u64)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let body = kept.get(key)?;
        let owners = Arc::strong_count(body) as u64;
        Some((Bytes::from(Arc::clone(body)), owners))
    }
}

/// Where the lines of a text end.
fn breaks_of(text: &str) -> Vec<u32> {
    let ends = text.match_indices('\n');
    ends.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
}

fn words_of(query: &Query<'_>) -> u64 {
    match &query.of {
        None => 0,
        Some(QueryOf::Word(_)) => 1,
        Some(QueryOf::Joined(joined)) => joined.queries.iter().map(words_of).sum(),
    }
}
