//! What mocks were asked.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The calls that mocks have received, for a test to look at. Copies have the same calls: a test keeps one, and gives mocks
/// of services and of objects another.
#[derive(Debug, Clone, Default)]
pub struct MockLog(Arc<Mutex<Vec<MockCall>>>);

#[derive(Debug)]
struct MockCall {
    method: &'static str,
    request: Box<dyn Any + Send>,
}

impl MockLog {
    /// The methods that were called, in the order of the calls: `Index.Get`, and `Index.Close` of an object that is closed.
    /// What was refused on the way is none of them.
    #[must_use]
    pub fn calls(&self) -> Vec<&'static str> {
        self.lock().iter().map(|it| it.method).collect()
    }

    /// How often a method was called.
    #[must_use]
    pub fn count(&self, method: &str) -> usize {
        self.lock().iter().filter(|it| it.method == method).count()
    }

    /// Copies of the requests of a method, in the order of the calls; `Q` is their type.
    ///
    /// # Panics
    /// When the method has requests of another type.
    #[must_use]
    pub fn requests<Q: Clone + 'static>(&self, method: &str) -> Vec<Q> {
        let calls = self.lock();
        let of_method = calls.iter().filter(|it| it.method == method);
        of_method
            .map(|it| {
                let request = it.request.downcast_ref::<Q>();
                let Some(request) = request else {
                    panic!("{method} has no {}", std::any::type_name::<Q>());
                };
                request.clone()
            })
            .collect()
    }

    /// Makes sure that each of these methods was called as often, and no other one.
    ///
    /// # Panics
    /// When that is not so; it says what was called.
    #[track_caller]
    pub fn expect(&self, counts: &[(&str, usize)]) {
        let calls = self.calls();
        let strange = calls
            .iter()
            .find(|it| counts.iter().all(|(method, _)| method != *it));
        assert!(
            strange.is_none(),
            "{strange:?} was not expected of {calls:?}"
        );
        for (method, times) in counts {
            let came = self.count(method);
            assert_eq!(came, *times, "calls of {method}, of {calls:?}");
        }
    }

    pub(crate) fn record(&self, method: &'static str, request: impl Any + Send) {
        let request = Box::new(request);
        self.lock().push(MockCall { method, request });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<MockCall>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn calls_are_counted_in_their_order_with_their_requests() {
        let log = MockLog::default();
        let of_mock = log.clone();
        of_mock.record("Index.Put", "a".to_owned());
        of_mock.record("Index.Close", ());
        of_mock.record("Index.Put", "b".to_owned());
        assert_eq!(log.calls(), ["Index.Put", "Index.Close", "Index.Put"]);
        assert_eq!(log.requests::<String>("Index.Put"), ["a", "b"]);
        assert_eq!((log.count("Index.Close"), log.count("Index.Get")), (1, 0));
        log.expect(&[("Index.Put", 2), ("Index.Close", 1), ("Index.Get", 0)]);
        for wrong in [
            [("Index.Put", 2), ("Index.Close", 2)].as_slice(),
            &[("Index.Put", 2)],
            &[("Index.Put", 2), ("Index.Close", 1), ("Index.Get", 1)],
        ] {
            assert!(catch_unwind(AssertUnwindSafe(|| log.expect(wrong))).is_err());
        }
        let other = AssertUnwindSafe(|| log.requests::<u32>("Index.Put"));
        assert!(catch_unwind(other).is_err());
    }
}
