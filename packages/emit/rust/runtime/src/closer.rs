//! The threads on which objects are closed, or dropped, that take long to.
//!
//! A thread is started when something is to be closed and all that there are have something to do; it ends when nothing came
//! for a while. What is more than the threads can take waits in a queue.

use crate::panic::contain;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// As many are closed at once.
const THREADS: usize = 16;
/// For so long a thread waits for something to close.
const IDLE: Duration = Duration::from_secs(2);

type Closing = Box<dyn FnOnce() + Send>;

/// The closes of the process.
static CLOSER: Closer = Closer::new();

struct Closer {
    closes: Mutex<Closes>,
    /// Something is in the queue.
    came: Condvar,
    /// Nothing is left to close.
    ended: Condvar,
}

struct Closes {
    queue: VecDeque<Closing>,
    /// How many have not ended, those in the queue among them.
    open: usize,
    threads: usize,
    /// How many of the threads have nothing to do.
    idle: usize,
}

/// Objects were still being closed when [`wait_for_closes`] had waited as long as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StillClosing {
    count: usize,
}

impl StillClosing {
    /// How many.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for StillClosing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} objects are still being closed", self.count)
    }
}

impl std::error::Error for StillClosing {}

/// Waits until all objects are closed that take long to (`close_blocks`), and that somebody has closed or dropped. A program
/// that returns from `main` before loses what they would have done. An object that a call still uses is not among them
/// before that ends. Within a close it would wait for that one.
///
/// # Errors
/// [`StillClosing`] when some are left after `timeout`; they go on.
pub fn wait_for_closes(timeout: Duration) -> Result<(), StillClosing> {
    CLOSER.wait(timeout)
}

/// Has `closing` done on another thread, or here when no thread is to be had.
pub(crate) fn close_elsewhere(closing: impl FnOnce() + Send + 'static) {
    CLOSER.close(Box::new(closing));
}

impl Closer {
    const fn new() -> Self {
        Self {
            closes: Mutex::new(Closes {
                queue: VecDeque::new(),
                open: 0,
                threads: 0,
                idle: 0,
            }),
            came: Condvar::new(),
            ended: Condvar::new(),
        }
    }

    fn enter(&self) -> MutexGuard<'_, Closes> {
        self.closes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&'static self, closing: Closing) {
        let mut closes = self.enter();
        closes.queue.push_back(closing);
        closes.open += 1;
        // Who is idle has been woken for all that is in the queue before.
        if closes.idle >= closes.queue.len() {
            self.came.notify_one();
        } else if closes.threads < THREADS && !self.start(&mut closes) && closes.threads == 0 {
            drop(closes);
            self.close_next();
        }
    }

    /// Starts a thread, if one is to be had.
    fn start(&'static self, closes: &mut Closes) -> bool {
        let builder = thread::Builder::new().name("grout closer".to_owned());
        let started = builder.spawn(|| self.run()).is_ok();
        closes.threads += usize::from(started);
        started
    }

    fn run(&self) {
        loop {
            while self.close_next() {}
            let mut closes = self.enter();
            if closes.queue.is_empty() {
                closes.idle += 1;
                let is_empty = |closes: &mut Closes| closes.queue.is_empty();
                let waited = self.came.wait_timeout_while(closes, IDLE, is_empty);
                closes = waited.unwrap_or_else(PoisonError::into_inner).0;
                closes.idle -= 1;
                if closes.queue.is_empty() {
                    closes.threads -= 1;
                    return;
                }
            }
        }
    }

    /// Closes the first of the queue, if there is one. A panic ends that close only.
    fn close_next(&self) -> bool {
        let Some(closing) = self.enter().queue.pop_front() else {
            return false;
        };
        contain(closing);
        let mut closes = self.enter();
        closes.open -= 1;
        if closes.open == 0 {
            self.ended.notify_all();
        }
        true
    }

    fn wait(&self, timeout: Duration) -> Result<(), StillClosing> {
        let is_closing = |closes: &mut Closes| closes.open > 0;
        let waited = (self.ended).wait_timeout_while(self.enter(), timeout, is_closing);
        let (closes, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match closes.open {
            0 => Ok(()),
            count => Err(StillClosing { count }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::keep::keep;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier, mpsc};
    use std::time::Instant;

    const SOON: Duration = Duration::from_millis(20);
    const LATE: Duration = Duration::from_secs(300);

    fn closer() -> &'static Closer {
        keep(Closer::new())
    }

    // Proves G13, closes that take long are bounded and can be waited for. Expected: as many threads as there are at most
    // close at once, the others wait for their turn; who waits says how many are left, until none is.
    #[test]
    fn closes_that_take_long_are_done_by_few_threads_and_waited_for() {
        let (closer, leave) = (closer(), Arc::new(Barrier::new(THREADS + 1)));
        let (begun, closed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        assert_eq!(closer.wait(SOON), Ok(()), "nothing is to be closed");
        for at in 0..100 {
            let (begun, closed) = (Arc::clone(&begun), Arc::clone(&closed));
            let leave = Arc::clone(&leave);
            closer.close(Box::new(move || {
                begun.fetch_add(1, Ordering::SeqCst);
                if at < THREADS {
                    leave.wait();
                }
                closed.fetch_add(1, Ordering::SeqCst);
            }));
        }
        let started = Instant::now();
        while begun.load(Ordering::SeqCst) < THREADS {
            assert!(started.elapsed() < LATE);
            thread::yield_now();
        }
        assert_eq!(closer.wait(SOON), Err(StillClosing { count: 100 }));
        assert_eq!(begun.load(Ordering::SeqCst), THREADS);
        assert_eq!(closer.enter().threads, THREADS);
        leave.wait();
        assert_eq!(closer.wait(LATE), Ok(()));
        assert_eq!(closed.load(Ordering::SeqCst), 100);
        assert!(closer.enter().threads <= THREADS);
    }

    // Proves G13 of closes that follow each other, and of threads that have nothing to do. Expected: one thread closes all
    // of them, and is gone after a while; another one comes when it is needed.
    #[test]
    fn a_thread_closes_one_after_the_other_and_ends_when_nothing_comes() {
        let closer = closer();
        let (send, receive) = mpsc::channel();
        let close = |send: mpsc::Sender<_>| {
            closer.close(Box::new(move || {
                send.send(thread::current().id()).expect("a receiver");
            }));
            receive.recv_timeout(LATE).expect("a close")
        };
        let is_busy = || {
            let closes = closer.enter();
            closes.idle < closes.threads
        };
        let mut last = thread::current().id();
        for _ in 0..10 {
            last = close(send.clone());
            assert_ne!(last, thread::current().id());
            let begun = Instant::now();
            while is_busy() {
                assert!(begun.elapsed() < LATE);
                thread::yield_now();
            }
            assert!(closer.enter().threads <= 1);
        }
        let begun = Instant::now();
        while closer.enter().threads > 0 {
            assert!(begun.elapsed() < LATE);
            thread::sleep(SOON);
        }
        assert_ne!(close(send), last);
    }

    // Proves G13 of a close that panics. Expected: it ends, and the others are closed.
    #[test]
    fn a_close_that_panics_ends_by_itself() {
        let closer = closer();
        for _ in 0..3 {
            closer.close(Box::new(|| panic!("on purpose")));
        }
        assert_eq!(closer.wait(LATE), Ok(()));
        assert_eq!(
            StillClosing { count: 3 }.to_string(),
            "3 objects are still being closed"
        );
    }
}
