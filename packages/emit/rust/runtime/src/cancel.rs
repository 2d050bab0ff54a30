//! Cancellation of calls that this side makes.

use crate::call::Call;
use crate::gate::Gate;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Go's function that cancels the context of a call that runs, by its frame.
pub type CancelFn = unsafe extern "C" fn(*mut Call);

/// `Call::cancel_token` of a call that can be canceled.
const TOKEN_OPEN: u64 = 1;
/// `Call::cancel_token` of a call that was canceled.
const TOKEN_CANCELED: u64 = 2;

/// Cancels the calls that are made with the context that it came with; see [`crate::Cx::cancelable`].
#[derive(Debug, Clone)]
pub struct Canceler(pub(crate) Arc<Cancellation>);

impl Canceler {
    /// Cancels the calls that run, and those that are yet to be made. It does not wait for them: it is the implementation
    /// that stops.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// Whether a context is canceled, and what runs with it.
#[derive(Debug, Default)]
pub(crate) struct Cancellation {
    is_canceled: AtomicBool,
    watches: AtomicU64,
    running: Mutex<Vec<(u64, Running)>>,
}

/// What hears of a cancellation.
#[derive(Debug)]
enum Running {
    /// A call that runs.
    Call { frame: *mut Call, cancel: CancelFn },
    /// A call that waits for its turn.
    Waiting(*const Gate),
}

// SAFETY: the frame is only touched under the lock, atomically, while its call is in the list, and so alive; a gate is
// there for all threads.
unsafe impl Send for Running {}

impl Cancellation {
    pub(crate) fn is_canceled(&self) -> bool {
        self.is_canceled.load(Ordering::SeqCst)
    }

    fn cancel(&self) {
        self.is_canceled.store(true, Ordering::SeqCst);
        for (_, it) in self.running().iter() {
            match *it {
                // SAFETY: `watch` keeps the frame alive for as long as it is in the list, and says that `cancel` may be
                // called.
                Running::Call { frame, cancel } => unsafe {
                    AtomicU64::from_ptr(&raw mut (*frame).cancel_token)
                        .store(TOKEN_CANCELED, Ordering::SeqCst);
                    cancel(frame);
                },
                // SAFETY: `watch_gate` keeps the gate alive for as long as it is in the list.
                Running::Waiting(gate) => unsafe { (*gate).wake_all() },
            }
        }
    }

    /// Cancels the call of a frame too, until the watch is dropped.
    ///
    /// # Safety
    /// The frame outlives the watch, and is meanwhile used through its pointer only. `cancel` may be called with it.
    pub(crate) unsafe fn watch(&self, frame: *mut Call, cancel: CancelFn) -> Watch<'_> {
        self.add(Running::Call { frame, cancel }, |is_canceled| {
            let token = if is_canceled {
                TOKEN_CANCELED
            } else {
                TOKEN_OPEN
            };
            // SAFETY: the caller vouches for the frame; nobody else knows it yet.
            unsafe { (*frame).cancel_token = token };
        })
    }

    /// Wakes who waits at the gate too, until the watch is dropped.
    ///
    /// # Safety
    /// The gate outlives the watch. Nobody begins or ends a watch, or cancels, within an attempt at it.
    pub(crate) unsafe fn watch_gate(&self, gate: *const Gate) -> Watch<'_> {
        self.add(Running::Waiting(gate), |_| {})
    }

    /// `before` is called before the cancellation can be heard of, with whether it came already.
    fn add(&self, running: Running, before: impl FnOnce(bool)) -> Watch<'_> {
        let number = self.watches.fetch_add(1, Ordering::Relaxed);
        let mut all = self.running();
        before(self.is_canceled());
        all.push((number, running));
        Watch { of: self, number }
    }

    fn running(&self) -> MutexGuard<'_, Vec<(u64, Running)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What hears of a cancellation while this lives.
pub(crate) struct Watch<'a> {
    of: &'a Cancellation,
    number: u64,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.of
            .running()
            .retain(|(number, _)| *number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::test_call;

    static HEARD: AtomicU64 = AtomicU64::new(0);

    /// Stands for Go: counts the calls that it is told of with a token that says so.
    unsafe extern "C" fn hear(call: *mut Call) {
        // SAFETY: the frames of the tests live on their stacks.
        assert_eq!(unsafe { (*call).cancel_token }, TOKEN_CANCELED);
        HEARD.fetch_add(1, Ordering::SeqCst);
    }

    // Rule C3
    #[test]
    fn calls_that_run_are_canceled_and_later_ones_begin_so() {
        let canceler = Canceler(Arc::default());
        let (mut first, mut ended, mut late) = (test_call(), test_call(), test_call());
        // SAFETY: the frames outlive the watches.
        unsafe {
            let _watch = canceler.0.watch(&raw mut first, hear);
            drop(canceler.0.watch(&raw mut ended, hear));
            assert!(!canceler.0.is_canceled());
            canceler.clone().cancel();
            assert_eq!(HEARD.load(Ordering::SeqCst), 1);
            let _late = canceler.0.watch(&raw mut late, hear);
        }
        assert!(canceler.0.is_canceled());
        let tokens = [first, ended, late].map(|frame| frame.cancel_token);
        assert_eq!(tokens, [TOKEN_CANCELED, TOKEN_OPEN, TOKEN_CANCELED]);
    }
}
