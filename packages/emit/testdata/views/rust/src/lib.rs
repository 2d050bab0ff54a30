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
    texts: Mutex<HashMap<String, Arc<String>>>,
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
        if let Ok(text) = std::str::from_utf8(&request.body) {
            let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
            texts.insert(request.key.to_owned(), Arc::new(text.to_owned()));
        }
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

    fn read(&self, _cx: &Cx, request: ReadRequest<'_>) -> Result<ReadResponse, Error> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(kept) = texts.get(request.key) else {
            return Ok(ReadResponse::default());
        };
        let owners = Arc::strong_count(kept) as u64;
        let text = Text::from(Arc::clone(kept));
        let title = text.slice(..text.find('\n').unwrap_or(text.len()));
        let bodies = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let scan = bodies.get(request.key).map(|body| Scan {
            body: Bytes::from(Arc::clone(body)),
        });
        Ok(ReadResponse {
            card: Some(Card {
                shouted: title.to_uppercase(),
                kind: "plain".to_owned(),
                scan,
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
            let found = self.find(key);
            let (body, text) = found.clone().unwrap_or_default();
            response.pages.push(Page {
                key: key.to_owned(),
                text: text.clone(),
                scan: found.map(|(body, _)| Scan { body }),
            });
            response.bodies.push(body);
            if !text.is_empty() {
                response.texts.push(text);
            }
        }
        Ok(response)
    }
}

impl Service {
    /// What is kept by a key: its bytes, and the text that they are.
    fn find(&self, key: &str) -> Option<(Bytes, Text)> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.get(key).map(|text| Text::from(Arc::clone(text)));
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let body = Bytes::from(Arc::clone(kept.get(key)?));
        Some((body, text.unwrap_or_default()))
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
