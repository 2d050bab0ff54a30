//! Contained panics.

use crate::code::{ErrorCode, RuntimeCode};
use crate::disclosure::Shown;
use crate::place;
use crate::record::{ErrorRecord, Hop, Side};
use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// What is known of a panic besides its payload.
#[derive(Default)]
struct Note {
    location: String,
    backtrace: String,
}

thread_local! {
    /// The last panic of this thread that nobody has asked for yet.
    static LAST: RefCell<Option<Note>> = const { RefCell::new(None) };
}

/// Takes note from now on of where panics happen. What the process did with panics before, it goes on to do.
pub(crate) fn observe_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let backtrace = place::backtrace();
            let note = Note {
                location: info.location().map(place::of).unwrap_or_default(),
                backtrace: backtrace
                    .map(|it| place::of_backtrace(&it.to_string()))
                    .unwrap_or_default(),
            };
            let _ = LAST.try_with(|last| last.replace(Some(note)));
            previous(info);
        }));
    });
}

/// A panic that was caught.
pub(crate) struct Caught {
    message: String,
    note: Note,
}

impl Caught {
    /// Takes the payload apart.
    #[cold]
    pub(crate) fn new(payload: Box<dyn Any + Send>) -> Self {
        let note = LAST.try_with(RefCell::take).ok().flatten();
        let caught = Self {
            message: text_of(&*payload).to_owned(),
            note: note.unwrap_or_default(),
        };
        discard(payload);
        caught
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn record(&self, shown: Shown, hop: Hop) -> ErrorRecord {
        let code = RuntimeCode::Panic;
        ErrorRecord {
            domain: RuntimeCode::DOMAIN.into(),
            code: code.number(),
            name: code.name().into(),
            message: if shown.foreign {
                format!("the Rust implementation panicked: {}", self.message)
            } else {
                "the Rust implementation panicked (message withheld; Rust's standard error, or its panic hook, has it)"
                    .to_owned()
            },
            retry: code.retry(),
            canonical: Some(code.canonical()),
            hops: vec![Hop {
                side: Side::Rust,
                location: self.note.location.clone(),
                ..hop
            }],
            backtrace: if shown.foreign {
                self.note.backtrace.clone()
            } else {
                String::new()
            },
            ..ErrorRecord::default()
        }
    }
}

/// Runs what may panic, and whose panic concerns nobody here: the panic hook has reported it.
pub(crate) fn contain(runs: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(runs)) {
        discard(payload);
    }
}

/// Drops what a panic carried. It is of any type; a drop of it that panics in turn does not get out.
#[cold]
pub(crate) fn discard(payload: Box<dyn Any + Send>) {
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
}

fn text_of(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&'static str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(panics: impl FnOnce()) -> Caught {
        Caught::new(catch_unwind(AssertUnwindSafe(panics)).expect_err("a panic"))
    }

    // Rules E10 and E11
    #[test]
    fn a_panic_is_an_error_with_a_place() {
        observe_panics();
        let boom = caught(|| panic!("boom {}", 1));
        let line = line!() - 1;
        let record = boom.record(Shown::ALL, Hop::default());
        assert_eq!((record.domain.as_ref(), record.code), ("grout.runtime", 1));
        assert!(record.message.ends_with("panicked: boom 1"));
        assert!(
            record.hops[0]
                .location
                .starts_with(&format!("src/panic.rs:{line}:"))
        );
        let silent = boom.record(Shown::NOTHING, Hop::default());
        assert!(!silent.message.contains("boom") && silent.message.contains("standard error"));
        assert_eq!(silent.backtrace, "");
        assert_eq!(silent.hops, record.hops);
    }

    #[test]
    fn a_payload_of_any_type_has_a_text() {
        for (caught, text) in [
            (caught(|| std::panic::panic_any("static")), "static"),
            (caught(|| std::panic::panic_any(42)), "(no message)"),
        ] {
            assert!(
                caught
                    .record(Shown::ALL, Hop::default())
                    .message
                    .ends_with(text)
            );
        }
    }

    #[test]
    #[cfg_attr(
        miri,
        ignore = "what a drop panics with is forgotten, as its own drop could panic again"
    )]
    fn a_payload_that_panics_when_dropped_is_contained() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("again");
            }
        }
        assert_eq!(
            caught(|| std::panic::panic_any(Bomb)).message,
            "(no message)"
        );
    }
}
