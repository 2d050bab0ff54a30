//! Where threads wait for their turn.

use std::sync::atomic::{AtomicUsize, Ordering, fence};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Threads wait here until what they try succeeds; they try again when they are woken.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Number of threads that wait.
    waiting: AtomicUsize,
    lock: Mutex<()>,
    opened: Condvar,
}

impl Gate {
    pub(crate) const fn new() -> Self {
        Self {
            waiting: AtomicUsize::new(0),
            lock: Mutex::new(()),
            opened: Condvar::new(),
        }
    }

    /// What `attempt` gives, once that is something. It is tried at once, whenever somebody wakes the thread, and after
    /// `limit`, which is asked each time; `None`: there is none.
    #[cold]
    pub(crate) fn wait<R>(
        &self,
        mut attempt: impl FnMut() -> Option<R>,
        limit: impl Fn() -> Option<Duration>,
    ) -> R {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut lock = self.enter();
        let found = loop {
            fence(Ordering::SeqCst);
            if let Some(found) = attempt() {
                break found;
            }
            lock = match limit() {
                Some(left) => {
                    let waited = self.opened.wait_timeout(lock, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => (self.opened.wait(lock)).unwrap_or_else(PoisonError::into_inner),
            };
        };
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        found
    }

    /// Wakes one of those who wait, after what may let it succeed. Who begins to wait at the same time either is seen
    /// here, or succeeds: one fence comes before the other.
    #[inline]
    pub(crate) fn wake_one(&self) {
        fence(Ordering::SeqCst);
        if self.waiting.load(Ordering::SeqCst) > 0 {
            drop(self.enter());
            self.opened.notify_one();
        }
    }

    /// Wakes all who wait.
    pub(crate) fn wake_all(&self) {
        drop(self.enter());
        self.opened.notify_all();
    }

    fn enter(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
