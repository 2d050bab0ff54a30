//! How a method fails.

use crate::canonical::Canonical;
use crate::cause::{self, Identified, Received};
pub use crate::code::{ErrorCode, NoCode, Retry, RuntimeCode};
use crate::cx::Expired;
use crate::disclosure::Shown;
use crate::facts::Facts;
use crate::pack::PackError;
use crate::place;
use crate::record::{Arg, Cause, ErrorRecord, Hop, Side};
use crate::status::Status;
use std::backtrace::Backtrace;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// An error of a method: a code of its domain `C`, a code of the runtime, or an error that it passes on, with a message
/// for people.
///
/// Two errors are equal when they say the same: code, message, arguments and wait. What led to them, and where they were
/// made, does not count.
pub struct Error<C = NoCode> {
    /// As small as can be: the result of every call has room for it.
    pub(crate) inner: Box<Inner>,
    domain: PhantomData<fn() -> C>,
}

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) facts: Facts,
    pub(crate) message: String,
    pub(crate) args: Vec<Arg>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) cause: Option<Arc<dyn StdError + Send + Sync>>,
    /// Where it was made or passed on, when that was in sources of this side's user.
    pub(crate) location: Option<&'static Location<'static>>,
    pub(crate) backtrace: Option<Arc<Backtrace>>,
    /// The ways that it has gone, and the backtrace that it brought, when it comes from the other side.
    pub(crate) hops: Vec<Hop>,
    pub(crate) received_backtrace: String,
}

impl<C: ErrorCode> Error<C> {
    /// An error of the method's own domain. Generated codes have `code.error(message)` for it.
    #[track_caller]
    pub fn new(code: C, message: impl Into<String>) -> Self {
        Self::made(Facts::of(code), message.into(), Some(Location::caller()))
    }

    /// An error that the runtime itself finds, at no place in the user's sources.
    pub(crate) fn runtime(code: RuntimeCode, message: impl Into<String>) -> Self {
        Self::made(Facts::of(code), message.into(), None)
    }

    #[track_caller]
    pub(crate) fn runtime_here(code: RuntimeCode, message: impl Into<String>) -> Self {
        Self::made(Facts::of(code), message.into(), Some(Location::caller()))
    }

    #[cold]
    fn made(facts: Facts, message: String, location: Option<&'static Location<'static>>) -> Self {
        Self::of(Inner {
            facts,
            message,
            args: Vec::new(),
            retry_after: None,
            cause: None,
            location,
            backtrace: place::backtrace().map(Arc::new),
            hops: Vec::new(),
            received_backtrace: String::new(),
        })
    }

    fn of(inner: Inner) -> Self {
        Self {
            inner: Box::new(inner),
            domain: PhantomData,
        }
    }

    /// An error that came from the other side. Returned to there, it is what it was, with one more hop.
    #[must_use]
    #[track_caller]
    pub fn from_record(record: ErrorRecord) -> Self {
        Self::of(Inner {
            facts: Facts::received(&record),
            message: record.message,
            args: record.args,
            retry_after: record.retry_after,
            cause: Received::of(record.causes).map(|first| Arc::new(first) as _),
            location: Some(Location::caller()),
            backtrace: None,
            hops: record.hops,
            received_backtrace: record.backtrace,
        })
    }

    /// The same error as one of a method with another domain: what a method returns when the error of a call that it
    /// made is for its own caller to see. `result.forward()` does it for a result.
    #[must_use]
    #[track_caller]
    pub fn forward<D: ErrorCode>(mut self) -> Error<D> {
        if !self.inner.hops.is_empty() {
            self.inner.location = Some(Location::caller());
        }
        Error {
            inner: self.inner,
            domain: PhantomData,
        }
    }

    /// Gives the error an argument: its hint shows it at `{name}`, and Go finds it by name. Given again, it replaces the
    /// value.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl fmt::Display) -> Self {
        let (name, value) = (name.into(), value.to_string());
        match self.inner.args.iter_mut().find(|arg| arg.name == name) {
            Some(arg) => arg.value = value,
            None => self.inner.args.push(Arg { name, value }),
        }
        self
    }

    /// Says how long the caller should wait before it tries again.
    #[must_use]
    pub fn retry_in(mut self, wait: Duration) -> Self {
        self.inner.retry_after = (!wait.is_zero()).then_some(wait);
        self
    }

    /// Says what led to the error, with all that led to that. It replaces a cause that was given before.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.cause = Some(Arc::from(cause.into()));
        self
    }

    /// The code, when the error belongs to the method's own domain.
    #[must_use]
    pub fn code(&self) -> Option<C> {
        self.inner.facts.code()
    }

    /// The code, when the error is one of the runtime's.
    #[must_use]
    pub fn runtime_code(&self) -> Option<RuntimeCode> {
        self.inner.facts.code()
    }

    /// Whether the error has this code, of whichever domain.
    #[must_use]
    pub fn is<D: ErrorCode>(&self, code: D) -> bool {
        self.inner.facts.domain == D::DOMAIN && self.inner.facts.number == code.number()
    }

    /// What happened, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// What the caller can do, with the arguments in place; empty when the contract does not say.
    #[must_use]
    pub fn hint(&self) -> Cow<'static, str> {
        self.inner.facts.hint(&self.inner.args)
    }

    /// The value of an argument.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&str> {
        let arg = self.inner.args.iter().find(|arg| arg.name == name);
        arg.map(|arg| arg.value.as_str())
    }

    /// The method whose call failed, e.g. `Pricing.Greet`; empty when none did.
    #[must_use]
    pub fn method(&self) -> &str {
        self.inner.hops.last().map_or("", |hop| &hop.method)
    }

    /// Names the method in an error of a call that this side made, unless the other side has.
    #[cold]
    pub(crate) fn in_method(mut self, side: Side, method: &'static str) -> Self {
        if self.method() != method {
            self.inner.hops.push(Hop {
                side,
                method: method.into(),
                ..Hop::default()
            });
        }
        self
    }

    /// Whether trying again makes sense.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.inner.facts.retry
    }

    /// How long to wait before trying again, when the error says it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// What the error is to those who do not know its domain.
    #[must_use]
    pub fn canonical(&self) -> Canonical {
        self.inner.facts.canonical
    }

    /// All that there is to know of the error, nothing withheld. Its last hop is of this side, and names no method.
    #[must_use]
    pub fn record(&self) -> ErrorRecord {
        self.inner.record(Shown::ALL, Hop::default())
    }

    /// The same of an error that goes nowhere: its last hop is the one that it came by.
    pub(crate) fn arrived(&self) -> ErrorRecord {
        let mut record = self.record();
        record.hops.pop();
        record
    }

    /// The error as `google.rpc.Status` says it. What the contract calls redacted is left out.
    #[must_use]
    pub fn status(&self) -> Status {
        let mut record = self.inner.record(Shown::TO_OTHERS, Hop::default());
        if self.inner.facts.redacts {
            record.message.clear();
        }
        Status::from(&record)
    }
}

/// A value of the request that the contract does not allow.
impl<C: ErrorCode> From<PackError> for Error<C> {
    fn from(error: PackError) -> Self {
        error.in_request()
    }
}

impl<C: ErrorCode> From<Expired> for Error<C> {
    #[track_caller]
    fn from(expired: Expired) -> Self {
        Self::runtime_here(RuntimeCode::DeadlineExceeded, expired.to_string())
    }
}

impl<C> Clone for Error<C> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            domain: PhantomData,
        }
    }
}

impl<C> PartialEq for Error<C> {
    fn eq(&self, other: &Self) -> bool {
        let said = |it: &Self| (it.inner.facts.number, it.inner.retry_after);
        said(self) == said(other)
            && self.inner.facts.domain == other.inner.facts.domain
            && self.inner.message == other.inner.message
            && self.inner.args == other.inner.args
    }
}

impl<C> Eq for Error<C> {}

impl<C> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.inner.facts.name, self.inner.message.as_str()) {
            (name, "") => f.write_str(name),
            (name, message) => write!(f, "{name}: {message}"),
        }
    }
}

impl<C> fmt::Debug for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.inner;
        f.debug_struct("Error")
            .field("domain", &inner.facts.domain)
            .field("name", &inner.facts.name)
            .field("message", &inner.message)
            .field("args", &inner.args)
            .field("cause", &inner.cause)
            .field("location", &inner.location.map(place::of))
            .field("hops", &inner.hops)
            .finish_non_exhaustive()
    }
}

impl<C> StdError for Error<C> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let Inner { facts, message, .. } = &*self.inner;
        cause::answer(|| Identified {
            cause: Cause {
                domain: facts.domain.clone(),
                code: facts.number,
                name: facts.name.clone(),
                message: message.clone(),
            },
            redacts: facts.redacts,
        });
        self.inner.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::tests::TestCode;

    #[test]
    fn an_error_tells_its_code_and_message() {
        let error = Error::new(TestCode::Locked, "held by 42");
        assert_eq!(error.to_string(), "LOCKED: held by 42");
        assert_eq!(error.code(), Some(TestCode::Locked));
        assert_eq!(error.runtime_code(), None);
        assert!(error.is(TestCode::Locked) && !error.is(TestCode::Secret));
        assert_eq!(Error::new(TestCode::Locked, "").to_string(), "LOCKED");
    }

    // Rule E22
    #[test]
    fn an_error_is_as_small_as_a_pointer() {
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    // Rules E4 and E5
    #[test]
    fn arguments_are_in_the_hint_and_by_name() {
        let error = Error::new(TestCode::Locked, "held");
        assert_eq!(error.hint(), "close process {holder?}");
        let error = error
            .with("holder", 1)
            .with("since", "noon")
            .with("holder", 42);
        assert_eq!(error.hint(), "close process 42");
        assert_eq!(
            (error.arg("since"), error.arg("until")),
            (Some("noon"), None)
        );
    }

    #[test]
    fn equal_errors_say_the_same() {
        let error = || Error::new(TestCode::Locked, "held");
        assert_eq!(error(), error().caused_by("disk full"));
        assert_ne!(error(), error().with("holder", 42));
        assert_ne!(error(), error().retry_in(Duration::from_secs(1)));
        assert_ne!(error(), Error::new(TestCode::Secret, "held"));
        assert_eq!(error().clone(), error());
    }

    // Rule E7
    #[test]
    fn an_error_knows_where_it_was_made() {
        let place = |error: Error<TestCode>| error.record().hops[0].location.clone();
        let here = |line: u32| format!("src/error.rs:{line}:");
        let made = Error::new(TestCode::Locked, "");
        assert!(place(made).starts_with(&here(line!() - 1)));
        let made = RuntimeCode::Unavailable.error("");
        assert!(place(made).starts_with(&here(line!() - 1)));
        let expired = || -> Result<(), Error<TestCode>> { Err(Expired)? };
        assert!(place(expired().expect_err("expired")).starts_with(&here(line!() - 1)));
        let found = Error::runtime(RuntimeCode::InvalidArgument, "");
        assert_eq!(place(found), "");
    }

    #[test]
    fn an_expired_deadline_becomes_an_error_of_any_domain() {
        let error: Error<TestCode> = Expired.into();
        assert_eq!(error.code(), None);
        assert_eq!(error.runtime_code(), Some(RuntimeCode::DeadlineExceeded));
        let error: Error = Expired.into();
        assert_eq!(
            error.to_string(),
            "DEADLINE_EXCEEDED: the deadline of the call has passed"
        );
    }

    fn from_go(domain: &'static str, code: i32) -> ErrorRecord {
        ErrorRecord {
            domain: domain.into(),
            code,
            name: "FROM_GO".into(),
            message: "no such order".to_owned(),
            hint: "try {this}".into(),
            retry: Retry::Backoff,
            retry_after: Some(Duration::from_secs(3)),
            canonical: Some(Canonical::NotFound),
            causes: vec![Cause {
                message: "disk full".to_owned(),
                ..Cause::default()
            }],
            hops: vec![Hop {
                side: Side::Go,
                method: "Orders.Place".into(),
                location: "example.com/orders/place.go:7".to_owned(),
                ..Hop::default()
            }],
            ..ErrorRecord::default()
        }
    }

    // Rule E15
    #[test]
    fn an_error_of_the_other_side_is_matched_like_one_of_this() {
        let ours = Error::<TestCode>::from_record(from_go("test.v1.TestError", 7));
        assert_eq!(ours.code(), Some(TestCode::Locked));
        let runtime = Error::<TestCode>::from_record(from_go("grout.runtime", 5));
        assert_eq!(runtime.runtime_code(), Some(RuntimeCode::Canceled));
        let other = Error::<NoCode>::from_record(from_go("test.v1.TestError", 7));
        assert_eq!((other.code(), other.runtime_code()), (None, None));
        assert!(other.is(TestCode::Locked));
        let newer = Error::<TestCode>::from_record(from_go("test.v1.TestError", 99));
        assert_eq!(newer.code(), None);
        assert_eq!(
            (newer.hint().as_ref(), newer.retry()),
            ("try {this}", Retry::Backoff)
        );
        assert_eq!(newer.canonical(), Canonical::NotFound);
        assert_eq!(newer.source().expect("a cause").to_string(), "disk full");
    }

    // Rule E16
    #[test]
    fn an_error_that_is_passed_on_gains_a_hop_and_loses_nothing() {
        let record = from_go("test.v1.TestError", 7);
        let received = Error::<TestCode>::from_record(record.clone());
        let passed: Error = received.forward();
        let line = line!() - 1;
        let mut after = passed.record();
        let hop = after.hops.pop().expect("a hop");
        assert_eq!(after, record);
        assert_eq!(hop.side, Side::Rust);
        assert!(hop.location.starts_with(&format!("src/error.rs:{line}:")));
    }

    // Rule E16
    #[test]
    fn an_error_of_this_side_that_is_passed_on_keeps_its_place() {
        let made = Error::new(TestCode::Locked, "held").with("holder", 42);
        let record = made.record();
        let passed: Error = made.forward();
        assert_eq!(passed.record(), record);
        assert_eq!(passed.hint(), "close process 42");
    }
}
