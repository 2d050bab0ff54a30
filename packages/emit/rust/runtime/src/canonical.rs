//! The canonical codes: what an error is to those who know no bridge.

use crate::code::Retry;

/// The codes of `google.rpc.Code`, with their numbers: what gRPC, HTTP gateways and proxies act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Canonical {
    /// The caller gave up.
    Cancelled = 1,
    /// Nothing is known about it.
    Unknown = 2,
    /// An argument is wrong whatever the state of the system.
    InvalidArgument = 3,
    /// The deadline passed.
    DeadlineExceeded = 4,
    /// What was asked for does not exist.
    NotFound = 5,
    /// What was to be made exists.
    AlreadyExists = 6,
    /// The caller is known, but may not do this.
    PermissionDenied = 7,
    /// A quota is used up.
    ResourceExhausted = 8,
    /// The system is not in a state for this; something else must change first.
    FailedPrecondition = 9,
    /// Somebody else was faster; start again from fresh data.
    Aborted = 10,
    /// An argument points past the end.
    OutOfRange = 11,
    /// Nobody implements this.
    Unimplemented = 12,
    /// The implementation broke.
    Internal = 13,
    /// It may work later.
    Unavailable = 14,
    /// Data is lost or broken for good.
    DataLoss = 15,
    /// The caller did not say who it is.
    Unauthenticated = 16,
}

impl Canonical {
    const ALL: [Self; 16] = [
        Self::Cancelled,
        Self::Unknown,
        Self::InvalidArgument,
        Self::DeadlineExceeded,
        Self::NotFound,
        Self::AlreadyExists,
        Self::PermissionDenied,
        Self::ResourceExhausted,
        Self::FailedPrecondition,
        Self::Aborted,
        Self::OutOfRange,
        Self::Unimplemented,
        Self::Internal,
        Self::Unavailable,
        Self::DataLoss,
        Self::Unauthenticated,
    ];

    /// The number in `google.rpc.Code`.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The code with this number; `None` for 0, which means success, and for what no version of the list has.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }
}

impl Retry {
    /// What a code is to others when the contract gives it no `canonical`.
    #[must_use]
    pub fn canonical(self) -> Canonical {
        match self {
            Self::Unspecified => Canonical::Unknown,
            Self::Never => Canonical::FailedPrecondition,
            Self::Backoff => Canonical::Unavailable,
            Self::AfterRefresh => Canonical::Aborted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule E20
    #[test]
    fn the_numbers_are_those_of_google_rpc_code() {
        let numbers = Canonical::ALL.map(Canonical::number);
        assert!(numbers.into_iter().eq(1..=16));
        assert_eq!(Canonical::from_number(5), Some(Canonical::NotFound));
        assert_eq!(Canonical::from_number(13), Some(Canonical::Internal));
        assert_eq!(Canonical::from_number(16), Some(Canonical::Unauthenticated));
        assert_eq!(Canonical::from_number(0), None);
        assert_eq!(Canonical::from_number(17), None);
    }
}
