//! An error on its way to Go: made by Rust, read in place, given back to Rust.

use crate::code::ErrorCode;
use crate::cx::Trace;
use crate::disclosure::{Disclosure, Shown};
use crate::error::Error;
use crate::hook;
use crate::panic::Caught;
use crate::record::{ErrorRecord, Hop};
use crate::wire;
use std::any::Any;

/// Everything Go learns about an error. Owned by the caller of the failed call until it calls [`free_error`].
#[derive(Debug)]
pub struct ErrorDetail {
    bytes: Vec<u8>,
}

/// Text that Rust owns and Go may read. Mirrors `grout_text` of the C header.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// Never dereferenced when `len` is 0.
    pub ptr: *const u8,
    /// Length in bytes.
    pub len: usize,
}

/// The bytes of an [`ErrorDetail`], valid until it is freed. Mirrors `grout_error` of the C header.
#[repr(C)]
#[derive(Debug)]
pub struct ErrorView {
    /// First of the bytes.
    pub ptr: *const u8,
    /// Number of bytes.
    pub len: usize,
}

/// A method, as errors that leave by it see it.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// Name for people, e.g. `Pricing.Greet`.
    pub method: &'static str,
    /// What may cross.
    pub foreign_text: Disclosure,
}

impl Site {
    /// A method of a service that leaves open what may cross.
    #[must_use]
    pub const fn of(method: &'static str) -> Self {
        Self::disclosing(method, Disclosure::DebugBuilds)
    }

    /// A method of a service with this option `foreign_text`.
    #[must_use]
    pub const fn disclosing(method: &'static str, foreign_text: Disclosure) -> Self {
        Self {
            method,
            foreign_text,
        }
    }
}

impl Text {
    /// Shows text that outlives every reader.
    #[must_use]
    pub const fn of(text: &str) -> Self {
        Self {
            ptr: text.as_ptr(),
            len: text.len(),
        }
    }
}

impl ErrorDetail {
    #[cold]
    pub(crate) fn of<C: ErrorCode>(error: &Error<C>, site: &Site, trace: Option<Trace>) -> Self {
        let inner = &*error.inner;
        Self::crossing(site, trace, |shown, hop| inner.record(shown, hop))
    }

    #[cold]
    pub(crate) fn of_panic(
        payload: Box<dyn Any + Send>,
        site: &Site,
        trace: Option<Trace>,
    ) -> Self {
        let caught = Caught::new(payload);
        Self::crossing(site, trace, |shown, hop| caught.record(shown, hop))
    }

    /// What Go learns of it, for whoever hands it over as it is.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Shows the hook everything, and Go what it may see.
    fn crossing(
        site: &Site,
        trace: Option<Trace>,
        record: impl Fn(Shown, Hop) -> ErrorRecord,
    ) -> Self {
        let hop = || Hop {
            method: site.method.into(),
            trace_id: trace.map_or([0, 0], |trace| trace.trace_id),
            span_id: trace.map_or(0, |trace| trace.span_id),
            ..Hop::default()
        };
        hook::tell(|| record(Shown::ALL, hop()));
        Self {
            bytes: wire::encode(&record(site.foreign_text.shown(), hop())),
        }
    }
}

/// Shows the bytes of `error` to its owner.
///
/// # Safety
/// `error` comes from the frame of a failed call and has not been freed; `view` is valid for writing.
pub unsafe fn view_error(error: *const ErrorDetail, view: *mut ErrorView) {
    // SAFETY: the caller vouches for `error`.
    let bytes = unsafe { &(*error).bytes };
    let filled = ErrorView {
        ptr: bytes.as_ptr(),
        len: bytes.len(),
    };
    // SAFETY: the caller vouches for `view`.
    unsafe { view.write(filled) }
}

/// Takes `error` back and frees it; views of it end here. Null is allowed.
///
/// # Safety
/// `error` is null, or comes from the frame of a failed call and has not been freed.
pub unsafe fn free_error(error: *mut ErrorDetail) {
    if !error.is_null() {
        // SAFETY: `Call::fail` made it with `Box::into_raw`, and it is freed once.
        drop(unsafe { Box::from_raw(error) });
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::code::tests::TestCode;
    use crate::disclosure::WITHHELD;
    use crate::set_error_hook;
    use std::sync::Mutex;

    pub(crate) const SITE: Site = Site {
        method: "Store.Open",
        foreign_text: Disclosure::DebugBuilds,
    };

    /// Reads an error as Go does: view, copy, free.
    pub(crate) fn take(error: *mut ErrorDetail) -> ErrorRecord {
        let mut view = std::mem::MaybeUninit::uninit();
        // SAFETY: `error` comes from `Call::fail`; the view is read before the error is freed.
        unsafe {
            view_error(error, view.as_mut_ptr());
            let view: ErrorView = view.assume_init();
            let record = wire::decode_error(std::slice::from_raw_parts(view.ptr, view.len));
            free_error(error);
            record
        }
    }

    fn crossed(error: &Error<TestCode>) -> ErrorRecord {
        take(Box::into_raw(Box::new(ErrorDetail::of(error, &SITE, None))))
    }

    // Rules E1 and E8
    #[test]
    fn all_parts_of_an_error_cross() {
        let error = Error::new(TestCode::Locked, "held by 42").with("holder", 42);
        let trace = Trace {
            trace_id: [1, 2],
            span_id: 3,
            flags: 1,
        };
        let detail = ErrorDetail::of(&error, &SITE, Some(trace));
        let got = take(Box::into_raw(Box::new(detail)));
        let mut want = error.record();
        let hop = want.hops.last_mut().expect("a hop");
        hop.method = "Store.Open".into();
        (hop.trace_id, hop.span_id) = ([1, 2], 3);
        if !cfg!(debug_assertions) {
            want.backtrace.clear();
        }
        assert_eq!(got, want);
    }

    // Rules E12 and E14
    #[test]
    fn a_redacted_error_crosses_whole_in_debug_builds_only_and_the_hook_sees_it() {
        static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
        set_error_hook(|record| {
            SEEN.lock().expect("the log").push(record.message.clone());
        });
        let error = Error::new(TestCode::Secret, "password 1234")
            .with("holder", 42)
            .with("password", "1234")
            .caused_by("the file says 1234");
        let got = crossed(&error);
        assert!(
            SEEN.lock()
                .expect("the log")
                .contains(&"password 1234".to_owned())
        );
        assert_eq!(got.hint, "close process 42");
        let told = (
            got.message.as_str(),
            got.args.len(),
            got.causes[0].message.as_str(),
        );
        if cfg!(debug_assertions) {
            assert_eq!(told, ("password 1234", 2, "the file says 1234"));
        } else {
            assert_eq!(told, (WITHHELD, 1, WITHHELD));
        }
        set_error_hook(|_| panic!("in the hook"));
        assert_eq!(crossed(&error).name, "SECRET");
        set_error_hook(|_| ());
    }

    #[test]
    fn null_may_be_freed() {
        // SAFETY: null is allowed.
        unsafe { free_error(std::ptr::null_mut()) };
    }
}
