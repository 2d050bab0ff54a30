//! An error as plain data: what crosses, in either direction.

use crate::canonical::Canonical;
use crate::code::Retry;
use std::borrow::Cow;
use std::time::Duration;

/// An error laid open. It is what Go learns of an error of Rust, what Rust learns of an error of Go, and what the hook of
/// [`crate::set_error_hook`] sees. [`crate::Error::from_record`] makes an error of it again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorRecord {
    /// Full name of the error domain, e.g. `pricing.v1.PricingError`.
    pub domain: Cow<'static, str>,
    /// Number of the code in its domain.
    pub code: i32,
    /// Name of the code, e.g. `EMPTY_NAME`.
    pub name: Cow<'static, str>,
    /// What happened, for people.
    pub message: String,
    /// What the caller can do, with its arguments in place.
    pub hint: Cow<'static, str>,
    /// The arguments that the error was given, in that order.
    pub args: Vec<Arg>,
    /// Whether trying again makes sense.
    pub retry: Retry,
    /// How long to wait before trying again, when the one that failed can say.
    pub retry_after: Option<Duration>,
    /// What the error is to those who do not know its domain.
    pub canonical: Option<Canonical>,
    /// What led to the error, from the nearest cause on.
    pub causes: Vec<Cause>,
    /// The ways that the error went from one side to the other; the first is the one from where it was made.
    pub hops: Vec<Hop>,
    /// Backtrace of the place where the error was made; empty when none was taken or it may not cross.
    pub backtrace: String,
}

/// A value that an error was given, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arg {
    /// As in the placeholders of the hint.
    pub name: Cow<'static, str>,
    /// For people.
    pub value: String,
}

/// One error in the chain of those that led to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cause {
    /// Full name of its error domain; empty when it is an error that no bridge knows.
    pub domain: Cow<'static, str>,
    /// Number of its code in its domain; 0 when it has none.
    pub code: i32,
    /// Name of its code; empty when it has none.
    pub name: Cow<'static, str>,
    /// What happened, or that it is withheld.
    pub message: String,
}

/// One crossing of an error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hop {
    /// The side that the error left.
    pub side: Side,
    /// The method whose call it ended, e.g. `Pricing.Greet`.
    pub method: Cow<'static, str>,
    /// Where on that side it was made or passed on, e.g. `src/store.rs:41:9`; empty when that is not known.
    pub location: String,
    /// W3C trace id of the call, upper and lower half; both 0: no trace.
    pub trace_id: [u64; 2],
    /// W3C id of the caller's span.
    pub span_id: u64,
}

/// A side of a bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Not known here.
    #[default]
    Unknown = 0,
    /// Rust.
    Rust = 1,
    /// Go.
    Go = 2,
}

impl Side {
    pub(crate) fn from_number(number: u64) -> Self {
        match number {
            1 => Self::Rust,
            2 => Self::Go,
            _ => Self::Unknown,
        }
    }
}
