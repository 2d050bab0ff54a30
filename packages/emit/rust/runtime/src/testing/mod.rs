//! Checks that the generated tests of a bridge make. Only they use it; it changes together with the generator.

mod check;
mod json;
pub(crate) mod keep;
mod objects;
mod packed;
mod property;
mod vectors;

pub use check::check_error;
pub use keep::keep;
pub use objects::{Answer, ByEmptyRequest, Fixture, ObjectCall, ObjectSuite, Opened, with_opened};
pub use property::{keeps_limit, round_trip};
pub use vectors::Vectors;

use crate::time::time_of;
use std::time::{Duration, SystemTime};

/// The time that many seconds and nanoseconds after the Unix epoch.
///
/// # Panics
/// When a contract knows no such time.
#[must_use]
pub fn time(seconds: i64, nanos: u32) -> SystemTime {
    time_of(seconds, nanos).expect("a time between the years 1 and 9999")
}

/// The time that many seconds and nanoseconds after the Unix epoch, whether or not a contract knows it.
#[must_use]
pub fn any_time(seconds: u64, nanos: u32) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::new(seconds, nanos)
}
