//! How a method fails.

use crate::cx::Expired;
use crate::pack::PackError;
use std::fmt;

/// What a caller may do about an error. The numbers cross to Go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u32)]
pub enum Retry {
    /// The contract does not say.
    #[default]
    Unspecified = 0,
    /// The same call fails again.
    Never = 1,
    /// The same call may succeed later.
    Backoff = 2,
    /// The call may succeed with fresh input.
    AfterRefresh = 3,
}

/// The codes of one error domain. Generated from the contract's enum.
pub trait ErrorCode: Copy + fmt::Debug + Send + Sync + 'static {
    /// Full name of the domain, e.g. `pricing.v1.PricingError`.
    const DOMAIN: &'static str;

    /// Number of the code in the contract.
    fn number(self) -> i32;

    /// Name of the code, e.g. `EMPTY_NAME`.
    fn name(self) -> &'static str;

    /// What the caller can do; empty when the contract does not say.
    fn hint(self) -> &'static str {
        ""
    }

    /// Whether trying again makes sense.
    fn retry(self) -> Retry {
        Retry::Unspecified
    }

    /// Whether the message stays on this side in release builds, because it may hold what the caller must not see.
    fn redacts_message(self) -> bool {
        false
    }
}

/// The codes of a method whose contract names no error domain: none. It can still fail with a [`RuntimeCode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCode {}

impl ErrorCode for NoCode {
    const DOMAIN: &'static str = "";

    fn number(self) -> i32 {
        match self {}
    }

    fn name(self) -> &'static str {
        match self {}
    }
}

/// The ways to fail that every bridge shares. The Go runtime has the same list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
#[non_exhaustive]
pub enum RuntimeCode {
    /// The implementation panicked; the panic was contained.
    Panic = 1,
    /// An argument breaks the contract, e.g. a string that is not UTF-8.
    InvalidArgument = 2,
    /// The deadline passed before the call was done.
    DeadlineExceeded = 6,
    /// The implementation answered with what the contract does not allow.
    InvalidResponse = 8,
    /// The object that the call is on was closed before.
    Closed = 9,
    /// The object that the call is on is in use by the very call that calls back.
    Busy = 10,
}

impl ErrorCode for RuntimeCode {
    const DOMAIN: &'static str = "grout.runtime";

    fn number(self) -> i32 {
        self as i32
    }

    fn name(self) -> &'static str {
        match self {
            Self::Panic => "PANIC",
            Self::InvalidArgument => "INVALID_ARGUMENT",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::InvalidResponse => "INVALID_RESPONSE",
            Self::Closed => "CLOSED",
            Self::Busy => "BUSY",
        }
    }
}

/// An error of a method: a code of its domain `C`, or a code of the runtime, and a message for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error<C = NoCode> {
    kind: Kind<C>,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind<C> {
    Domain(C),
    Runtime(RuntimeCode),
}

impl<C: ErrorCode> Error<C> {
    /// An error of the method's own domain. Generated codes have `code.error(message)` for it.
    pub fn new(code: C, message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Domain(code),
            message: message.into(),
        }
    }

    pub(crate) fn runtime(code: RuntimeCode, message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Runtime(code),
            message: message.into(),
        }
    }

    /// The code, when the error belongs to the method's own domain.
    #[must_use]
    pub fn code(&self) -> Option<C> {
        match self.kind {
            Kind::Domain(code) => Some(code),
            Kind::Runtime(_) => None,
        }
    }

    /// The code, when the error is one of the runtime's.
    #[must_use]
    pub fn runtime_code(&self) -> Option<RuntimeCode> {
        match self.kind {
            Kind::Domain(_) => None,
            Kind::Runtime(code) => Some(code),
        }
    }

    /// What happened, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn into_parts(self) -> (Kind<C>, String) {
        (self.kind, self.message)
    }
}

/// A value of the request that the contract does not allow.
impl<C: ErrorCode> From<PackError> for Error<C> {
    fn from(error: PackError) -> Self {
        error.in_request()
    }
}

impl<C: ErrorCode> From<Expired> for Error<C> {
    fn from(expired: Expired) -> Self {
        Self::runtime(RuntimeCode::DeadlineExceeded, expired.to_string())
    }
}

impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.kind {
            Kind::Domain(code) => code.name(),
            Kind::Runtime(code) => code.name(),
        };
        write!(f, "{name}: {}", self.message)
    }
}

impl<C: ErrorCode> std::error::Error for Error<C> {}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum TestCode {
        Locked,
        Secret,
    }

    impl ErrorCode for TestCode {
        const DOMAIN: &'static str = "test.v1.TestError";

        fn number(self) -> i32 {
            match self {
                Self::Locked => 7,
                Self::Secret => 8,
            }
        }

        fn name(self) -> &'static str {
            match self {
                Self::Locked => "LOCKED",
                Self::Secret => "SECRET",
            }
        }

        fn hint(self) -> &'static str {
            "close the other process"
        }

        fn retry(self) -> Retry {
            Retry::Backoff
        }

        fn redacts_message(self) -> bool {
            self == Self::Secret
        }
    }

    #[test]
    fn an_error_tells_its_code_and_message() {
        let error = Error::new(TestCode::Locked, "held by 42");
        assert_eq!(error.to_string(), "LOCKED: held by 42");
        assert_eq!(error.code(), Some(TestCode::Locked));
        assert_eq!(error.runtime_code(), None);
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
}
