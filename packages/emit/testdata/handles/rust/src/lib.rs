//! Implementation of `docindex.v1.DocumentIndex`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

static INDEXES: AtomicU32 = AtomicU32::new(0);

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

type Documents = BTreeMap<String, Vec<u8>>;

/// An index in memory.
#[derive(Debug)]
pub struct Store {
    documents: Arc<RwLock<Documents>>,
}

/// The keys that are left, the last one first.
#[derive(Debug)]
pub struct Keys(Vec<String>);

impl DocumentIndex for Service {
    type Index = Store;

    fn open(&self, _cx: &Cx, request: OpenRequest) -> Result<Store, IndexError> {
        if request.name.is_empty() {
            return Err(IndexErrorCode::NoName.error("an index needs a name"));
        }
        INDEXES.fetch_add(1, Ordering::SeqCst);
        Ok(Store {
            documents: Arc::default(),
        })
    }

    fn census(&self, _cx: &Cx, _request: CensusRequest) -> Result<CensusResponse, Error> {
        Ok(CensusResponse {
            indexes: INDEXES.load(Ordering::SeqCst),
        })
    }
}

impl Index for Store {
    type Cursor = Keys;

    fn put(&self, _cx: &Cx, request: PutRequest) -> Result<PutResponse, Error> {
        let mut documents = self
            .documents
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        documents.insert(request.key, request.document);
        Ok(PutResponse {
            size: documents.len() as u64,
        })
    }

    fn get(&self, _cx: &Cx, request: GetRequest) -> Result<GetResponse, IndexError> {
        let documents = self
            .documents
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(document) = documents.get(&request.key) else {
            return Err(IndexErrorCode::NotFound.error(request.key));
        };
        Ok(GetResponse {
            document: document.clone(),
        })
    }

    fn walk(&self, _cx: &Cx, _request: WalkRequest) -> Result<Keys, Error> {
        let documents = self
            .documents
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(Keys(documents.keys().rev().cloned().collect()))
    }
}

impl Cursor for Keys {
    fn next(&mut self, _cx: &Cx, request: NextRequest) -> Result<NextResponse, Error> {
        assert!(!request.panics, "as asked");
        Ok(NextResponse { key: self.0.pop() })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        INDEXES.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_goes_through_the_keys_in_order() {
        let cx = Cx::background();
        let request = OpenRequest {
            name: "a".to_owned(),
        };
        let store = Service.open(&cx, request).expect("an index");
        for key in ["b", "a"] {
            let request = PutRequest {
                key: key.to_owned(),
                document: Vec::new(),
            };
            store.put(&cx, request).expect("put");
        }
        let mut cursor = store.walk(&cx, WalkRequest {}).expect("a cursor");
        let mut next = || {
            cursor
                .next(&cx, NextRequest::default())
                .map(|next| next.key)
        };
        assert_eq!(next(), Ok(Some("a".to_owned())));
        assert_eq!(next(), Ok(Some("b".to_owned())));
        assert_eq!(next(), Ok(None));
    }
}
