//! The codes of errors: those of a contract, and those that every bridge shares.

use crate::canonical::Canonical;
use crate::error::Error;
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

impl Retry {
    pub(crate) fn from_number(number: u64) -> Self {
        match number {
            1 => Self::Never,
            2 => Self::Backoff,
            3 => Self::AfterRefresh,
            _ => Self::Unspecified,
        }
    }
}

/// The codes of one error domain. Generated from the contract's enum.
pub trait ErrorCode: Copy + fmt::Debug + Send + Sync + 'static {
    /// Full name of the domain, e.g. `pricing.v1.PricingError`.
    const DOMAIN: &'static str;

    /// Number of the code in the contract.
    fn number(self) -> i32;

    /// The code with this number, when the domain has one.
    fn from_number(number: i32) -> Option<Self>;

    /// Name of the code, e.g. `EMPTY_NAME`.
    fn name(self) -> &'static str;

    /// What the caller can do, with `{placeholders}` for arguments; empty when the contract does not say.
    fn hint(self) -> &'static str {
        ""
    }

    /// Whether trying again makes sense.
    fn retry(self) -> Retry {
        Retry::Unspecified
    }

    /// What the code is to those who do not know the contract.
    fn canonical(self) -> Canonical {
        self.retry().canonical()
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

    fn from_number(_: i32) -> Option<Self> {
        None
    }

    fn name(self) -> &'static str {
        match self {}
    }
}

/// The ways to fail that every bridge shares; `code.error(message)` makes an error of any method. The Go runtime has the
/// same list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum RuntimeCode {
    /// The implementation panicked; the panic was contained.
    Panic = 1,
    /// An argument breaks the contract, e.g. a string that is not UTF-8.
    InvalidArgument = 2,
    /// Nobody implements the method.
    Unimplemented = 3,
    /// The two sides were not generated from the same contract, or not built as they must be.
    Handshake = 4,
    /// The caller gave up.
    Canceled = 5,
    /// The deadline passed before the call was done.
    DeadlineExceeded = 6,
    /// The program has no way to reach the implementation.
    Unavailable = 7,
    /// The implementation answered with what the contract does not allow.
    InvalidResponse = 8,
    /// The object that the call is on was closed before.
    Closed = 9,
    /// The object that the call is on is in use by the very call that calls back.
    Busy = 10,
    /// The implementation failed with an error that no contract knows.
    Unknown = 11,
    /// There is no memory for what the implementation is to be given. There may be later.
    ResourceExhausted = 12,
}

impl RuntimeCode {
    pub(crate) const ALL: [Self; 12] = [
        Self::Panic,
        Self::InvalidArgument,
        Self::Unimplemented,
        Self::Handshake,
        Self::Canceled,
        Self::DeadlineExceeded,
        Self::Unavailable,
        Self::InvalidResponse,
        Self::Closed,
        Self::Busy,
        Self::Unknown,
        Self::ResourceExhausted,
    ];

    /// An error with this code, for a method of any domain. The message is for people, on both sides.
    #[must_use]
    #[track_caller]
    pub fn error<C: ErrorCode>(self, message: impl Into<String>) -> Error<C> {
        Error::runtime_here(self, message)
    }
}

impl ErrorCode for RuntimeCode {
    const DOMAIN: &'static str = "grout.runtime";

    fn number(self) -> i32 {
        self as i32
    }

    fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Panic => "PANIC",
            Self::InvalidArgument => "INVALID_ARGUMENT",
            Self::Unimplemented => "UNIMPLEMENTED",
            Self::Handshake => "HANDSHAKE",
            Self::Canceled => "CANCELED",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::Unavailable => "UNAVAILABLE",
            Self::InvalidResponse => "INVALID_RESPONSE",
            Self::Closed => "CLOSED",
            Self::Busy => "BUSY",
            Self::Unknown => "UNKNOWN",
            Self::ResourceExhausted => "RESOURCE_EXHAUSTED",
        }
    }

    fn retry(self) -> Retry {
        match self {
            Self::InvalidArgument
            | Self::Unimplemented
            | Self::Handshake
            | Self::Unavailable
            | Self::InvalidResponse
            | Self::Closed
            | Self::Busy => Retry::Never,
            Self::ResourceExhausted => Retry::Backoff,
            Self::Panic | Self::Canceled | Self::DeadlineExceeded | Self::Unknown => {
                Retry::Unspecified
            }
        }
    }

    fn canonical(self) -> Canonical {
        match self {
            Self::Panic => Canonical::Internal,
            Self::InvalidArgument => Canonical::InvalidArgument,
            Self::Unimplemented => Canonical::Unimplemented,
            Self::Handshake => Canonical::FailedPrecondition,
            Self::Canceled => Canonical::Cancelled,
            Self::DeadlineExceeded => Canonical::DeadlineExceeded,
            Self::Unavailable => Canonical::Unavailable,
            Self::InvalidResponse => Canonical::Internal,
            Self::Closed | Self::Busy => Canonical::FailedPrecondition,
            Self::Unknown => Canonical::Unknown,
            Self::ResourceExhausted => Canonical::ResourceExhausted,
        }
    }
}

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

        fn from_number(number: i32) -> Option<Self> {
            match number {
                7 => Some(Self::Locked),
                8 => Some(Self::Secret),
                _ => None,
            }
        }

        fn name(self) -> &'static str {
            match self {
                Self::Locked => "LOCKED",
                Self::Secret => "SECRET",
            }
        }

        fn hint(self) -> &'static str {
            "close process {holder}"
        }

        fn retry(self) -> Retry {
            Retry::Backoff
        }

        fn canonical(self) -> Canonical {
            match self {
                Self::Locked => self.retry().canonical(),
                Self::Secret => Canonical::PermissionDenied,
            }
        }

        fn redacts_message(self) -> bool {
            self == Self::Secret
        }
    }

    #[test]
    fn every_runtime_code_is_found_by_its_number() {
        for code in RuntimeCode::ALL {
            assert_eq!(RuntimeCode::from_number(code.number()), Some(code));
        }
        assert_eq!(RuntimeCode::from_number(99), None);
    }
}
