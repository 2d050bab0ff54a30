//! What the implementation of a method may know about the call that it serves.

use crate::cancel::{Canceler, Cancellation};
use crate::code::{ErrorCode, RuntimeCode};
use crate::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The circumstances of one call: until when its caller waits, and the trace that it belongs to.
#[derive(Debug, Clone, Default)]
pub struct Cx {
    /// Nanoseconds since the Unix epoch; 0: no deadline. Kept as it came: most calls never ask.
    deadline_unix_ns: i64,
    trace: Option<Trace>,
    /// Of calls that this side makes.
    cancellation: Option<Arc<Cancellation>>,
}

/// W3C trace context of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trace {
    /// Upper and lower half of the trace id.
    pub trace_id: [u64; 2],
    /// Id of the caller's span.
    pub span_id: u64,
    /// Trace flags; bit 0: sampled.
    pub flags: u32,
}

/// The deadline of the call has passed. `?` turns it into the error of any method: Go sees `DEADLINE_EXCEEDED`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expired;

impl Cx {
    /// A call without deadline and trace, for tests of an implementation.
    #[must_use]
    pub fn background() -> Self {
        Self::default()
    }

    /// The same call with a deadline.
    #[must_use]
    pub fn with_deadline(self, deadline: SystemTime) -> Self {
        let nanoseconds = match deadline.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
        };
        // 0 means "no deadline"; the epoch itself is as far in the past as the nanosecond before it.
        let deadline_unix_ns = if nanoseconds == 0 { -1 } else { nanoseconds };
        Self {
            deadline_unix_ns,
            ..self
        }
    }

    /// The same call, which can be canceled before it begins and while it runs: whoever implements it in Go sees that its
    /// context is done.
    #[must_use]
    pub fn cancelable(self) -> (Self, Canceler) {
        let cancellation = Arc::<Cancellation>::default();
        let cx = Self {
            cancellation: Some(Arc::clone(&cancellation)),
            ..self
        };
        (cx, Canceler(cancellation))
    }

    /// Whether the call was canceled, by a [`Canceler`].
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        let cancellation = self.cancellation.as_ref();
        cancellation.is_some_and(|it| it.is_canceled())
    }

    /// The error of a call that its caller has canceled.
    pub(crate) fn refuse_if_canceled<C: ErrorCode>(&self) -> Result<(), Error<C>> {
        if self.is_canceled() {
            let message = "the caller has canceled the call";
            return Err(Error::runtime(RuntimeCode::Canceled, message));
        }
        Ok(())
    }

    /// The error of a call that must not begin.
    pub(crate) fn refuse_if_done<C: ErrorCode>(&self) -> Result<(), Error<C>> {
        self.refuse_if_canceled()?;
        let expired = |it: Expired| Error::runtime(RuntimeCode::DeadlineExceeded, it.to_string());
        self.check().map_err(expired)
    }

    /// Whether there is nothing to tell whoever is called.
    #[inline]
    pub(crate) fn says_nothing(&self) -> bool {
        self.deadline_unix_ns == 0 && self.trace.is_none() && self.cancellation.is_none()
    }

    pub(crate) fn cancellation(&self) -> Option<&Cancellation> {
        self.cancellation.as_deref()
    }

    #[inline]
    pub(crate) fn from_frame(deadline_unix_ns: i64, trace: Option<Trace>) -> Self {
        Self {
            deadline_unix_ns,
            trace,
            cancellation: None,
        }
    }

    pub(crate) fn deadline_unix_ns(&self) -> i64 {
        self.deadline_unix_ns
    }

    /// When the caller stops waiting; `None`: it waits for as long as it takes.
    #[must_use]
    pub fn deadline(&self) -> Option<SystemTime> {
        let distance = Duration::from_nanos(self.deadline_unix_ns.unsigned_abs());
        match self.deadline_unix_ns {
            0 => None,
            1.. => UNIX_EPOCH.checked_add(distance),
            _ => UNIX_EPOCH.checked_sub(distance),
        }
    }

    /// Time that is left; zero when the deadline has passed, `None` when there is no deadline.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        let deadline = self.deadline()?;
        Some(
            deadline
                .duration_since(SystemTime::now())
                .unwrap_or_default(),
        )
    }

    /// Whether the caller has stopped waiting, so that further work is in vain.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.remaining().is_some_and(|left| left.is_zero())
    }

    /// Stops a long computation whose caller has stopped waiting: `cx.check()?` between its steps.
    ///
    /// # Errors
    /// [`Expired`] when the deadline has passed.
    pub fn check(&self) -> Result<(), Expired> {
        if self.is_expired() {
            Err(Expired)
        } else {
            Ok(())
        }
    }

    /// The trace that the call belongs to, when its caller has one.
    #[must_use]
    pub fn trace(&self) -> Option<Trace> {
        self.trace
    }
}

impl fmt::Display for Expired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline of the call has passed")
    }
}

impl std::error::Error for Expired {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_deadline_nothing_expires() {
        let cx = Cx::background();
        assert_eq!(cx.deadline(), None);
        assert_eq!(cx.remaining(), None);
        assert!(!cx.is_expired());
        assert_eq!(cx.check(), Ok(()));
    }

    #[test]
    fn a_deadline_in_the_future_leaves_time() {
        let deadline = UNIX_EPOCH + Duration::from_secs(9_000_000_000);
        let cx = Cx::background().with_deadline(deadline);
        assert_eq!(cx.deadline(), Some(deadline));
        assert_eq!(cx.check(), Ok(()));
    }

    #[test]
    fn a_deadline_in_the_past_is_expired() {
        for deadline in [
            UNIX_EPOCH + Duration::from_secs(1),
            UNIX_EPOCH,
            UNIX_EPOCH - Duration::from_secs(1),
        ] {
            let cx = Cx::background().with_deadline(deadline);
            assert!(cx.is_expired());
            assert_eq!(cx.remaining(), Some(Duration::ZERO));
            assert_eq!(cx.check(), Err(Expired));
        }
    }
}
