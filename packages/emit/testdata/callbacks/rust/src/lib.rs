//! Implementation of `scoring.v1.Scoring`.

mod generated;

pub use generated::*;

use grout::{Cx, Error, ForwardExt};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

/// Keeps its weigher for as long as it lives.
pub struct Trained {
    weigher: Arc<dyn Weigher>,
}

impl Scoring for Service {
    type Model = Trained;

    fn score(
        &self,
        cx: &Cx,
        request: ScoreRequest,
        callback: Arc<dyn Weigher>,
    ) -> Result<ScoreResponse, WeighError> {
        score(cx, &*callback, request.documents)
    }

    fn score_in_threads(
        &self,
        cx: &Cx,
        request: ScoreRequest,
        callback: Arc<dyn Weigher>,
    ) -> Result<ScoreResponse, WeighError> {
        let parts = thread::scope(|scope| {
            let threads: Vec<_> = request
                .documents
                .into_iter()
                .map(|document| scope.spawn(|| score(cx, &*callback, vec![document])))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("a thread that does not panic"))
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(ScoreResponse {
            total: parts.iter().map(|part| part.total).sum(),
            proof: parts.iter().map(|part| part.proof).sum(),
        })
    }

    fn train(
        &self,
        _cx: &Cx,
        _request: TrainRequest,
        callback: Arc<dyn Weigher>,
    ) -> Result<Trained, Error> {
        Ok(Trained { weigher: callback })
    }

    fn show(&self, cx: &Cx, request: Parcel, callback: Arc<dyn Weigher>) -> Result<Parcel, Error> {
        callback.look(cx, spoiled(request))
    }
}

/// What the contract does not allow, for a parcel that asks for it.
fn spoiled(mut parcel: Parcel) -> Parcel {
    match parcel.label.as_str() {
        "long label" => parcel.label = "x".repeat(301),
        "long note" => parcel.note = Some("x".repeat(9)),
        "many stops" => parcel.stops = vec![String::new(); 4],
        "late" => parcel.sent = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(300_000_000_000)),
        _ => {}
    }
    parcel
}

impl Model for Trained {
    fn apply(&self, cx: &Cx, request: ApplyRequest) -> Result<ScoreResponse, WeighError> {
        score(cx, &*self.weigher, request.documents)
    }
}

fn score(
    cx: &Cx,
    weigher: &dyn Weigher,
    documents: Vec<Document>,
) -> Result<ScoreResponse, WeighError> {
    let mut response = ScoreResponse::default();
    let count = documents.len() as u32;
    for document in documents {
        if document.title == "broken" {
            // Says nothing on standard error: the soak test panics often.
            std::panic::resume_unwind(Box::new("a document that Rust cannot stand"));
        }
        let weight = weigher.weigh(cx, document)?;
        response.total += weight.weight;
        response.proof += weight.proof.into_iter().map(u64::from).sum::<u64>();
    }
    weigher.done(cx, Summary { count }).forward()?;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use grout::ffi;
    use std::ffi::c_void;
    use std::ptr;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A weigher of Rust: the trait does not say where it is implemented.
    struct ByWords;

    impl Weigher for ByWords {
        fn weigh(&self, _cx: &Cx, document: Document) -> Result<Weight, WeighError> {
            Ok(Weight {
                weight: document.words.len() as f64,
                proof: Vec::new(),
            })
        }

        fn done(&self, _cx: &Cx, _summary: Summary) -> Result<Thanks, Error> {
            Ok(Thanks {})
        }

        fn look(&self, _cx: &Cx, parcel: Parcel) -> Result<Parcel, Error> {
            Ok(parcel)
        }
    }

    #[test]
    fn weights_add_up() {
        let document = Document {
            words: vec!["a".to_owned(), "b".to_owned()],
            ..Document::default()
        };
        let request = ScoreRequest {
            documents: vec![document.clone(), document],
        };
        let response = Service.score(&Cx::background(), request, Arc::new(ByWords));
        assert_eq!(response.expect("a score").total, 4.0);
    }

    unsafe extern "C" {
        fn scoring_v1_grout_bind_weigher(call: ffi::CallFn, release: ffi::ReleaseFn);
        fn scoring_v1_train(call: *mut c_void, callback: u64, out: *mut c_void) -> u32;
    }

    static RELEASED: AtomicU64 = AtomicU64::new(0);

    unsafe extern "C" fn refuse(_: *mut ffi::Invocation) -> u32 {
        2
    }

    unsafe extern "C" fn release(object: u64) {
        RELEASED.fetch_add(object, Ordering::SeqCst);
    }

    // Proves O1 of a call that is refused before it begins. Expected: Rust lets go of the object that it was given.
    #[test]
    fn an_object_is_released_when_the_frame_is_refused() {
        // SAFETY: the functions above may be called at any time, and a call without a frame is refused.
        let status = unsafe {
            scoring_v1_grout_bind_weigher(refuse, release);
            scoring_v1_train(ptr::null_mut(), 7, ptr::null_mut())
        };
        assert_eq!((status, RELEASED.load(Ordering::SeqCst)), (2, 7));
    }
}
