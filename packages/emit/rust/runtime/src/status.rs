//! An error as other systems see it.

use crate::canonical::Canonical;
use crate::record::{ErrorRecord, Side};
use std::collections::BTreeMap;
use std::time::Duration;

/// What `google.rpc.Status` says of an error, with its usual details, as plain data: to fill the messages of whichever
/// gRPC library is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// `Status.code`.
    pub code: Canonical,
    /// `Status.message`: the error's message, or the name of its code when it has none, or one that is redacted.
    pub message: String,
    /// The detail `google.rpc.ErrorInfo`.
    pub error_info: ErrorInfo,
    /// `retry_delay` of the detail `google.rpc.RetryInfo`, which only an error has that says how long to wait.
    pub retry_delay: Option<Duration>,
    /// The detail `google.rpc.DebugInfo`. Leave it out of what goes to others.
    pub debug_info: DebugInfo,
}

/// What `google.rpc.ErrorInfo` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorInfo {
    /// Name of the code.
    pub reason: String,
    /// Full name of the error domain.
    pub domain: String,
    /// The arguments, and the rendered hint as `hint`, unless an argument has that name.
    pub metadata: BTreeMap<String, String>,
}

/// What `google.rpc.DebugInfo` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebugInfo {
    /// Where the error was made, and the ways that it went.
    pub stack_entries: Vec<String>,
    /// The causes, and the backtrace.
    pub detail: String,
}

impl From<&ErrorRecord> for Status {
    fn from(record: &ErrorRecord) -> Self {
        let name = record.name.as_ref();
        Self {
            code: record.canonical.unwrap_or(record.retry.canonical()),
            message: Some(record.message.as_str())
                .filter(|message| !message.is_empty())
                .unwrap_or(name)
                .to_owned(),
            error_info: ErrorInfo {
                reason: name.to_owned(),
                domain: record.domain.clone().into_owned(),
                metadata: metadata(record),
            },
            retry_delay: record.retry_after,
            debug_info: debug_info(record),
        }
    }
}

fn metadata(record: &ErrorRecord) -> BTreeMap<String, String> {
    let hint = (!record.hint.is_empty()).then(|| ("hint".to_owned(), record.hint.to_string()));
    let args = record.args.iter();
    hint.into_iter()
        .chain(args.map(|arg| (arg.name.to_string(), arg.value.clone())))
        .collect()
}

fn debug_info(record: &ErrorRecord) -> DebugInfo {
    let hops = record.hops.iter().map(|hop| {
        let side = match hop.side {
            Side::Rust => "Rust",
            Side::Go => "Go",
            Side::Unknown => "?",
        };
        format!("{side} {} {}", hop.method, hop.location)
            .trim_end()
            .to_owned()
    });
    let causes = record.causes.iter().map(|cause| {
        let text = [cause.name.as_ref(), cause.message.as_str()];
        format!("caused by {}\n", text.join(": ").trim_matches([':', ' ']))
    });
    DebugInfo {
        stack_entries: hops.collect(),
        detail: causes.chain([record.backtrace.clone()]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::tests::TestCode;
    use crate::code::{NoCode, RuntimeCode};
    use crate::error::Error;
    use crate::record::Hop;

    // Rule E20
    #[test]
    fn a_status_says_what_the_error_says() {
        let error = Error::new(TestCode::Locked, "held")
            .with("holder", 42)
            .retry_in(Duration::from_secs(2))
            .caused_by("disk full");
        let mut record = error.record();
        record.hops = vec![Hop {
            side: Side::Rust,
            method: "Store.Open".into(),
            location: "src/a.rs:1:2".to_owned(),
            ..Hop::default()
        }];
        let status = Status::from(&record);
        assert_eq!(
            (status.code, status.message.as_str()),
            (Canonical::Unavailable, "held")
        );
        assert_eq!(status.retry_delay, Some(Duration::from_secs(2)));
        let ErrorInfo {
            reason,
            domain,
            metadata,
        } = status.error_info;
        assert_eq!(
            (reason.as_str(), domain.as_str()),
            ("LOCKED", "test.v1.TestError")
        );
        let pairs = [("hint", "close process 42"), ("holder", "42")];
        assert!(
            metadata
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .eq(pairs)
        );
        assert_eq!(
            status.debug_info.stack_entries,
            ["Rust Store.Open src/a.rs:1:2"]
        );
        assert!(
            status
                .debug_info
                .detail
                .starts_with("caused by disk full\n")
        );
    }

    // Rule E20
    #[test]
    fn a_status_shows_nothing_that_is_redacted() {
        let cause = Error::new(TestCode::Secret, "the password is 1234");
        let error = Error::new(TestCode::Secret, "password 1234")
            .with("holder", 42)
            .with("password", "1234")
            .caused_by(cause);
        let status = error.status();
        assert_eq!(status.message, "SECRET");
        let pairs = [("hint", "close process 42"), ("holder", "42")];
        let metadata = status.error_info.metadata.iter();
        assert!(metadata.map(|(k, v)| (k.as_str(), v.as_str())).eq(pairs));
        let detail = &status.debug_info.detail;
        assert!(
            detail.starts_with("caused by SECRET: (withheld") && !detail.contains("1234"),
            "{detail}"
        );
        assert_eq!(error.message(), "password 1234");
    }

    // Rule E20
    #[test]
    fn runtime_codes_and_overrides_have_their_canonical_code() {
        let panic: Error<NoCode> = RuntimeCode::Panic.error("");
        let status = panic.status();
        assert_eq!(
            (status.code, status.message.as_str()),
            (Canonical::Internal, "PANIC")
        );
        assert_eq!(
            Error::new(TestCode::Secret, "").status().code,
            Canonical::PermissionDenied
        );
    }
}
