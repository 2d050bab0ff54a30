//! An error on its way to Go: made by Rust, read in place, given back to Rust.

use crate::error::{Error, ErrorCode, Kind, Retry, RuntimeCode};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Everything Go learns about an error. Owned by the caller of the failed call until it calls [`free_error`].
#[derive(Debug)]
pub struct ErrorDetail {
    domain: &'static str,
    code: i32,
    retry: Retry,
    name: &'static str,
    hint: &'static str,
    message: String,
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

/// The parts of an [`ErrorDetail`], valid until it is freed. Mirrors `grout_error` of the C header.
#[repr(C)]
#[derive(Debug)]
pub struct ErrorView {
    /// Number of the code in its domain.
    pub code: i32,
    /// A [`Retry`].
    pub retry: u32,
    /// Full name of the domain.
    pub domain: Text,
    /// Name of the code.
    pub name: Text,
    /// What happened.
    pub message: Text,
    /// What the caller can do.
    pub hint: Text,
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
    pub(crate) fn of<C: ErrorCode>(error: Error<C>) -> Self {
        let (kind, message) = error.into_parts();
        match kind {
            Kind::Domain(code) => Self::with_code(code, message),
            Kind::Runtime(code) => Self::with_code(code, message),
        }
    }

    fn with_code<C: ErrorCode>(code: C, message: String) -> Self {
        Self {
            domain: C::DOMAIN,
            code: code.number(),
            retry: code.retry(),
            name: code.name(),
            hint: code.hint(),
            message: if code.redacts_message() && !cfg!(debug_assertions) {
                "(redacted)".to_owned()
            } else {
                message
            },
        }
    }

    /// The error for a contained panic. Its message leaves Rust only in debug builds: it may quote any data.
    #[cold]
    pub(crate) fn of_panic(payload: Box<dyn Any + Send>) -> Self {
        let message = if cfg!(debug_assertions) {
            format!(
                "the Rust implementation panicked: {}",
                panic_text(&*payload)
            )
        } else {
            "the Rust implementation panicked; its standard error says where and why".to_owned()
        };
        // The payload is of any type; a drop of it that panics in turn must not get out.
        if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(second);
        }
        Self::with_code(RuntimeCode::Panic, message)
    }

    fn view(&self) -> ErrorView {
        ErrorView {
            code: self.code,
            retry: self.retry as u32,
            domain: Text::of(self.domain),
            name: Text::of(self.name),
            message: Text::of(&self.message),
            hint: Text::of(self.hint),
        }
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&'static str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}

/// Shows the parts of `error` to its owner.
///
/// # Safety
/// `error` comes from the frame of a failed call and has not been freed; `view` is valid for writing.
pub unsafe fn view_error(error: *const ErrorDetail, view: *mut ErrorView) {
    // SAFETY: the caller vouches for both pointers.
    unsafe { view.write((*error).view()) }
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
    use crate::cx::Expired;
    use crate::error::tests::TestCode;

    fn read(text: Text) -> String {
        // SAFETY: tests read views only while their detail lives.
        let bytes = unsafe { std::slice::from_raw_parts(text.ptr, text.len) };
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }

    /// Reads an error as Go does: view, copy, free.
    pub(crate) fn take(error: *mut ErrorDetail) -> (String, i32, u32, String, String, String) {
        let mut view = std::mem::MaybeUninit::uninit();
        // SAFETY: `error` comes from `Call::fail`; the view is read before the error is freed.
        unsafe {
            view_error(error, view.as_mut_ptr());
            let view = view.assume_init();
            let parts = (
                read(view.domain),
                view.code,
                view.retry,
                read(view.name),
                read(view.message),
                read(view.hint),
            );
            free_error(error);
            parts
        }
    }

    fn crossed(detail: ErrorDetail) -> (String, i32, u32, String, String, String) {
        take(Box::into_raw(Box::new(detail)))
    }

    #[test]
    fn all_parts_of_an_error_cross() {
        let (domain, code, retry, name, message, hint) =
            crossed(ErrorDetail::of(Error::new(TestCode::Locked, "held by 42")));
        assert_eq!((domain.as_str(), code, retry), ("test.v1.TestError", 7, 2));
        assert_eq!(
            (name.as_str(), message.as_str(), hint.as_str()),
            ("LOCKED", "held by 42", "close the other process")
        );
    }

    #[test]
    fn a_redacted_message_crosses_in_debug_builds_only() {
        let detail = ErrorDetail::of(Error::new(TestCode::Secret, "password 1234"));
        let expected = if cfg!(debug_assertions) {
            "password 1234"
        } else {
            "(redacted)"
        };
        assert_eq!(crossed(detail).4, expected);
    }

    #[test]
    fn a_runtime_error_has_the_runtime_domain() {
        let parts = crossed(ErrorDetail::of(Error::<TestCode>::from(Expired)));
        assert_eq!(
            (parts.0.as_str(), parts.1, parts.3.as_str()),
            ("grout.runtime", 6, "DEADLINE_EXCEEDED")
        );
    }

    #[test]
    fn a_panic_tells_its_message_in_debug_builds_only() {
        let payloads: [Box<dyn Any + Send>; 2] = [Box::new("boom"), Box::new("boom".to_owned())];
        for payload in payloads {
            assert_eq!(
                crossed(ErrorDetail::of_panic(payload)).4.contains("boom"),
                cfg!(debug_assertions)
            );
        }
    }

    #[test]
    fn a_payload_that_panics_when_dropped_is_contained() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("again");
            }
        }
        assert_eq!(crossed(ErrorDetail::of_panic(Box::new(Bomb))).3, "PANIC");
    }

    #[test]
    fn null_may_be_freed() {
        // SAFETY: null is allowed.
        unsafe { free_error(std::ptr::null_mut()) };
    }
}
