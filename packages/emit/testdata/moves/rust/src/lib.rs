//! Implementation of `depot.v1.Depot`.

mod counting;
mod generated;

pub use generated::*;

use counting::live_buffers;
use grout::{Buffer, Bytes, Cx, Error};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service {
    kept: Mutex<HashMap<String, Bytes>>,
}

impl Depot for Service {
    type Bin = Tray;

    fn store(&self, _cx: &Cx, request: StoreRequest<'_>) -> Result<StoreResponse, DepotError> {
        assert!(request.key != "panic", "on purpose");
        if request.key == "taken" {
            let error = DepotError::new(DepotErrorCode::Taken, "it is not to be had");
            return Err(error.with("key", request.key));
        }
        let response = StoreResponse {
            body_address: request.body.as_ptr().addr() as u64,
            seal_address: request.seal.as_ptr().addr() as u64,
            seen: format!("{request:?}"),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(request.key.to_owned(), Bytes::from(request.body));
        Ok(response)
    }

    fn sum(&self, _cx: &Cx, request: SumRequest<'_>) -> Result<SumResponse, Error> {
        let all = request.lent.iter().chain(request.copied.iter());
        Ok(SumResponse {
            lent_address: request.lent.as_ptr().addr() as u64,
            copied_address: request.copied.as_ptr().addr() as u64,
            sum: all.map(|byte| u64::from(*byte)).sum(),
        })
    }

    fn load(&self, _cx: &Cx, request: LoadRequest) -> Result<LoadResponse, Error> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(body) = kept.get(&request.key) else {
            return Ok(LoadResponse::default());
        };
        let body = body.slice(body.len().min(request.skip as usize)..);
        let page = Buffer::copy_of(&body, 4096);
        Ok(LoadResponse { body, page })
    }

    fn hand(
        &self,
        cx: &Cx,
        request: HandRequest,
        callback: Arc<dyn Watcher>,
    ) -> Result<HandResponse, Error> {
        let length = request.body.len() as u64;
        callback.on_handed(cx, Handed { length })?;
        Ok(HandResponse {})
    }

    fn count(&self, _cx: &Cx, _request: CountRequest) -> Result<CountResponse, Error> {
        let buffers = live_buffers();
        Ok(CountResponse { buffers })
    }

    fn open(&self, _cx: &Cx, _request: OpenRequest) -> Result<Tray, Error> {
        Ok(Tray::default())
    }
}

/// A bin.
#[derive(Debug, Default)]
pub struct Tray {
    bytes: Mutex<Vec<u8>>,
}

impl Bin for Tray {
    fn add(&self, _cx: &Cx, request: AddRequest) -> Result<AddResponse, Error> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.extend_from_slice(&request.body);
        Ok(AddResponse {
            length: bytes.len() as u64,
        })
    }
}
