//! Points and spans of time as contracts know them.

use crate::pack::PackError;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The first and the last second of what a contract calls a Timestamp: years 1 to 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A span of time that may be negative, in nanoseconds: what Go calls `time.Duration`, and a contract
/// `google.protobuf.Duration`. It reaches about 292 years in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SignedDuration(i64);

impl SignedDuration {
    /// A span of that many nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Its nanoseconds.
    #[must_use]
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Its length without the sign.
    #[must_use]
    pub const fn unsigned_abs(self) -> Duration {
        Duration::from_nanos(self.0.unsigned_abs())
    }

    /// The span when it is not negative.
    #[must_use]
    pub const fn to_duration(self) -> Option<Duration> {
        if self.0 < 0 {
            None
        } else {
            Some(self.unsigned_abs())
        }
    }
}

/// A span that is too long becomes the longest one.
impl From<Duration> for SignedDuration {
    fn from(duration: Duration) -> Self {
        Self(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX))
    }
}

/// The time that many seconds and nanoseconds after the Unix epoch.
pub(crate) fn time_of(seconds: i64, nanos: u32) -> Result<SystemTime, PackError> {
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let start = if seconds < 0 {
        UNIX_EPOCH.checked_sub(whole)
    } else {
        UNIX_EPOCH.checked_add(whole)
    };
    let is_valid = SECONDS.contains(&seconds) && nanos < 1_000_000_000;
    start
        .filter(|_| is_valid)
        .and_then(|start| start.checked_add(Duration::from_nanos(u64::from(nanos))))
        .ok_or_else(|| no_time(seconds, nanos))
}

/// Seconds and nanoseconds of a time after the Unix epoch; the nanoseconds count forward before it, too.
pub(crate) fn parts_of(time: SystemTime) -> Result<(i64, u32), PackError> {
    let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            since.subsec_nanos(),
        ),
        Err(error) => before_epoch(error.duration()),
    };
    if SECONDS.contains(&seconds) {
        Ok((seconds, nanos))
    } else {
        Err(no_time(seconds, nanos))
    }
}

fn before_epoch(distance: Duration) -> (i64, u32) {
    let seconds = i64::try_from(distance.as_secs()).map_or(i64::MIN, |seconds| -seconds);
    match distance.subsec_nanos() {
        0 => (seconds, 0),
        nanos => (seconds.saturating_sub(1), 1_000_000_000 - nanos),
    }
}

#[cold]
fn no_time(seconds: i64, nanos: u32) -> PackError {
    PackError::new(format!(
        "{seconds} s and {nanos} ns since 1970 are no time between the years 1 and 9999"
    ))
}

/// Makes the time that Go sent as a flag, seconds and nanoseconds.
///
/// # Errors
/// When the contract knows no such time; it names the field.
pub fn timestamp(
    is_there: bool,
    seconds: i64,
    nanos: u32,
    field: &str,
) -> Result<Option<SystemTime>, PackError> {
    if !is_there {
        return Ok(None);
    }
    match time_of(seconds, nanos) {
        Ok(time) => Ok(Some(time)),
        Err(error) => Err(error.within(field)),
    }
}

/// The seconds and nanoseconds of a time for Go; 0 when there is none.
///
/// # Errors
/// When the contract knows no such time; it names the field.
pub fn timestamp_parts(time: Option<SystemTime>, field: &str) -> Result<(i64, u32), PackError> {
    time.map_or(Ok((0, 0)), parts_of)
        .map_err(|error| error.within(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_parts_on_both_sides_of_the_epoch() {
        for parts in [
            (0, 0),
            (0, 1),
            (-1, 0),
            (-1, 999_999_999),
            (*SECONDS.start(), 0),
            (*SECONDS.end(), 999_999_999),
        ] {
            let time = time_of(parts.0, parts.1).expect("a time");
            assert_eq!(parts_of(time), Ok(parts));
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_its_field() {
        for (seconds, nanos) in [
            (0, 1_000_000_000),
            (SECONDS.start() - 1, 0),
            (SECONDS.end() + 1, 0),
            (i64::MIN, 0),
            (i64::MAX, u32::MAX),
        ] {
            let error = timestamp(true, seconds, nanos, "created").expect_err("no time");
            assert!(error.to_string().starts_with("created: "), "{error}");
            assert_eq!(timestamp(false, seconds, nanos, "created"), Ok(None));
        }
        let late = UNIX_EPOCH + Duration::from_secs(300_000_000_000);
        assert!(timestamp_parts(Some(late), "created").is_err());
        assert_eq!(timestamp_parts(None, "created"), Ok((0, 0)));
    }

    #[test]
    fn spans_have_a_sign() {
        let span = SignedDuration::from_nanos(-1_500);
        assert_eq!(span.unsigned_abs(), Duration::from_nanos(1_500));
        assert_eq!(span.to_duration(), None);
        assert_eq!(
            SignedDuration::from(Duration::from_secs(1)).to_duration(),
            Some(Duration::from_secs(1))
        );
        assert_eq!(SignedDuration::from(Duration::MAX).as_nanos(), i64::MAX);
    }
}
