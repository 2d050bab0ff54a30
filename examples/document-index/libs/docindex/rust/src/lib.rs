//! The index behind `docindex.v1.DocumentIndex`: a log of documents in a file, and all of it in memory.

mod generated;
mod log;

pub use generated::*;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use generated::IndexError as Error;
use generated::IndexErrorCode as Code;
use grout::{Bytes, Cx};

use crate::log::Log;

#[derive(Debug, Default)]
pub struct Service;

impl DocumentIndex for Service {
    type Index = Store;

    fn open(&self, _cx: &Cx, request: OpenRequest) -> Result<Store, Error> {
        let mut documents = BTreeMap::new();
        let log = Log::open(&request.path, |key, document| {
            documents.insert(key, Bytes::from(document));
        })?;
        Ok(Store {
            log: Mutex::new(log),
            documents: RwLock::new(documents),
            watchers: Mutex::default(),
        })
    }
}

/// An index that is open. A document is kept as shared bytes: who looks at one keeps it, whatever is put in its place.
pub struct Store {
    log: Mutex<Log>,
    documents: RwLock<BTreeMap<String, Bytes>>,
    watchers: Mutex<Vec<Weak<Watching>>>,
}

impl Store {
    /// Those who watch a key. No lock is held while they are told, so that they may call the index.
    fn watchers_of(&self, key: &str) -> Vec<Arc<Watching>> {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|it| it.strong_count() > 0);
        let alive = watchers.iter().filter_map(Weak::upgrade);
        alive.filter(|it| key.starts_with(&it.prefix)).collect()
    }
}

impl Index for Store {
    type Subscription = Arc<Watching>;

    fn put(&self, cx: &Cx, request: PutRequest<'_>) -> Result<PutResponse, Error> {
        let PutRequest { key, document } = request;
        {
            // In the order of the log, so that what is read again is what was there.
            let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
            log.append(key, document)?;
            let mut documents = self
                .documents
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            documents.insert(key.to_owned(), Bytes::from(document.to_vec()));
        }
        let mut told = 0;
        for watching in self.watchers_of(key) {
            let change = Change {
                key: key.to_owned(),
                size: document.len() as u64,
            };
            // A watcher that fails is none of the writer's business: the document is written.
            told += u32::from(watching.watcher.on_change(cx, change).is_ok());
        }
        Ok(PutResponse { told })
    }

    fn get(&self, _cx: &Cx, request: GetRequest<'_>) -> Result<GetResponse, Error> {
        let documents = self
            .documents
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        match documents.get(request.key) {
            Some(document) => Ok(GetResponse {
                document: document.clone(),
            }),
            None => Err(Code::NotFound.error(format!("there is no document {:?}", request.key))),
        }
    }

    fn scan(&self, _cx: &Cx, request: ScanRequest<'_>) -> Result<ScanResponse, grout::Error> {
        let start = match request.after {
            after if after >= request.prefix => Bound::Excluded(after),
            _ => Bound::Included(request.prefix),
        };
        let limit = match request.limit {
            0 => usize::MAX,
            limit => limit as usize,
        };
        let documents = self
            .documents
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let entries = documents
            .range::<str, _>((start, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(request.prefix))
            .take(limit)
            .map(|(key, document)| Entry {
                key,
                size: document.len() as u64,
            });
        Ok(ScanResponse {
            entries: entries.collect(),
        })
    }

    fn subscribe(
        &self,
        _cx: &Cx,
        request: SubscribeRequest,
        watcher: Arc<dyn Watcher>,
    ) -> Result<Arc<Watching>, grout::Error> {
        let watching = Arc::new(Watching {
            prefix: request.prefix,
            watcher,
        });
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.push(Arc::downgrade(&watching));
        Ok(watching)
    }
}

/// A watcher with what it watches. The subscription owns it; the index only knows it.
pub struct Watching {
    prefix: String,
    watcher: Arc<dyn Watcher>,
}

impl Subscription for Arc<Watching> {}
