//! What the generated bridge calls; `byhand.rs` does the same work without one.

mod generated;

pub use generated::*;

use grout::{Arena, Buffer, Cx, Error};
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub struct Service {
    kept: Mutex<Vec<Buffer>>,
}

impl Probe for Service {
    fn sum(&self, _cx: &Cx, request: SumRequest) -> Result<SumResponse, Error> {
        let SumRequest { a, b, c } = request;
        let sum = work::sum(a, b, c);
        Ok(SumResponse { sum })
    }

    fn mark(&self, _cx: &Cx, request: MarkRequest<'_>) -> Result<Note, Error> {
        Ok(Note {
            id: request.id + 1,
            time: request.time + 1,
            score: request.score * 2.0,
            name: work::marked(request.name),
        })
    }

    fn mark_owned(&self, _cx: &Cx, request: Note) -> Result<Note, Error> {
        Ok(Note {
            id: request.id + 1,
            time: request.time + 1,
            score: request.score * 2.0,
            name: work::marked(&request.name),
        })
    }

    fn put(&self, _cx: &Cx, request: PutRequest<'_>) -> Result<PutResponse, Error> {
        let trace = work::trace(request.data);
        Ok(PutResponse { trace })
    }

    fn put_owned(&self, _cx: &Cx, request: PutOwnedRequest) -> Result<PutResponse, Error> {
        let trace = work::trace(&request.data);
        Ok(PutResponse { trace })
    }

    fn put_moved(&self, _cx: &Cx, request: PutMovedRequest) -> Result<PutResponse, Error> {
        let trace = work::trace(&request.data);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(request.data);
        Ok(PutResponse { trace })
    }

    fn drop(&self, _cx: &Cx, _request: DropRequest) -> Result<DropResponse, Error> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clear();
        Ok(DropResponse {})
    }

    fn view(&self, _cx: &Cx, request: GetRequest) -> Result<ViewResponse, Error> {
        let data = work::blob(request.length as usize).into();
        Ok(ViewResponse { data })
    }

    fn scan(&self, _cx: &Cx, request: ScanRequest) -> Result<ScanResponse, Error> {
        let mut entries = Arena::with_capacity(32 * request.count as usize);
        entries.extend(work::entries(request.count as usize).map(|(key, size)| Entry { key, size }));
        Ok(ScanResponse { entries })
    }

    fn list(&self, _cx: &Cx, request: ScanRequest) -> Result<ListResponse, Error> {
        let owned = |(key, size): (&str, u64)| OwnedEntry {
            key: key.to_owned(),
            size,
        };
        let entries = work::entries(request.count as usize).map(owned).collect();
        Ok(ListResponse { entries })
    }

    fn get(&self, _cx: &Cx, request: GetRequest) -> Result<GetResponse, Error> {
        let data = work::blob(request.length as usize).to_vec();
        Ok(GetResponse { data })
    }
}
