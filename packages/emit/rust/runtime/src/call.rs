//! The frame that accompanies every call.

use crate::cx::{Cx, Trace};
use crate::detail::ErrorDetail;

/// Version of the frame and of everything in [`crate::ffi`] that Go mirrors. The two sides must agree on it.
pub const FRAME_VERSION: u8 = 3;

/// Is there in runtimes of this version alone. Generated code names it, so that code of another version, which takes
/// other arguments from Go, does not compile: `nx sync` brings both to one.
pub const FRAME_VERSION_3: u8 = FRAME_VERSION;

/// The call succeeded and the result is written.
pub(crate) const STATUS_OK: u32 = 0;
/// The call failed; `Call::error` owns the detail.
pub(crate) const STATUS_ERROR: u32 = 1;
/// The caller's frame is missing or smaller than this side needs; nothing ran and no detail exists.
pub const STATUS_FRAME: u32 = 2;

/// What the caller says about a call, and where the callee leaves an error. Mirrors `grout_call` of the C header.
///
/// The caller owns the frame and keeps it alive during the call. A frame that is larger than this one comes from a
/// newer caller and is accepted; the part that is unknown here is left alone.
#[repr(C)]
#[derive(Debug)]
pub struct Call {
    /// Size of the frame in bytes, as the caller knows it.
    pub size: u32,
    /// Reserved, 0.
    pub flags: u32,
    /// When the caller stops waiting, in nanoseconds since the Unix epoch; 0: never.
    pub deadline_unix_ns: i64,
    /// 0: the caller cannot cancel the call; 1: it can; 2: it has. Only calls of Go by Rust can be canceled.
    pub cancel_token: u64,
    /// Upper and lower half of the W3C trace id; both 0: no trace.
    pub trace_id: [u64; 2],
    /// W3C id of the caller's span.
    pub span_id: u64,
    /// W3C trace flags.
    pub trace_flags: u32,
    /// Reserved for streams, 0.
    pub stream_credit: u32,
    /// Out: the error, owned by the caller from then on, who gives it back with [`crate::ffi::free_error`].
    pub error: *mut ErrorDetail,
}

impl Call {
    /// The frame behind `call`, or `None` when there is none or it is too small to be used.
    ///
    /// # Safety
    /// `call` is null, or points to a frame that is valid for `size` bytes, and that nobody else uses meanwhile.
    #[inline]
    pub(crate) unsafe fn accept<'a>(call: *mut Call) -> Option<&'a mut Call> {
        if call.is_null() {
            return None;
        }
        // SAFETY: every version of the frame starts with its size; only that is read before it is checked.
        let size = unsafe { (&raw const (*call).size).read() };
        if (size as usize) < size_of::<Call>() {
            return None;
        }
        // SAFETY: the frame has at least the size of `Call`, and the caller lends it for the call.
        Some(unsafe { &mut *call })
    }

    /// The frame of a call that this side makes.
    #[cold]
    pub(crate) fn outgoing(cx: &Cx) -> Self {
        let trace = cx.trace().unwrap_or_default();
        Self {
            size: size_of::<Self>() as u32,
            flags: 0,
            deadline_unix_ns: cx.deadline_unix_ns(),
            cancel_token: 0,
            trace_id: trace.trace_id,
            span_id: trace.span_id,
            trace_flags: trace.flags,
            stream_credit: 0,
            error: std::ptr::null_mut(),
        }
    }

    #[inline]
    pub(crate) fn cx(&self) -> Cx {
        Cx::from_frame(self.deadline_unix_ns, self.trace())
    }

    #[inline]
    pub(crate) fn trace(&self) -> Option<Trace> {
        (self.trace_id != [0, 0]).then_some(Trace {
            trace_id: self.trace_id,
            span_id: self.span_id,
            flags: self.trace_flags,
        })
    }

    /// Hands `detail` to the caller.
    #[cold]
    pub(crate) fn fail(&mut self, detail: ErrorDetail) -> u32 {
        self.error = Box::into_raw(Box::new(detail));
        STATUS_ERROR
    }
}

#[cfg(test)]
pub(crate) fn test_call() -> Call {
    Call {
        size: u32::try_from(size_of::<Call>()).expect("a small struct"),
        flags: 0,
        deadline_unix_ns: 0,
        cancel_token: 0,
        trace_id: [0, 0],
        span_id: 0,
        trace_flags: 0,
        stream_credit: 0,
        error: std::ptr::null_mut(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_has_the_layout_of_the_c_header() {
        assert_eq!(size_of::<Call>(), 56 + size_of::<usize>());
        assert_eq!(align_of::<Call>(), 8);
    }

    // Proves C1, of its statuses 2. Expected: nothing runs.
    #[test]
    fn a_missing_or_smaller_frame_is_refused() {
        let mut call = test_call();
        call.size -= 1;
        // SAFETY: null, and a frame of this stack.
        let (missing, small) = unsafe {
            (
                Call::accept(std::ptr::null_mut()).is_none(),
                Call::accept(&raw mut call).is_none(),
            )
        };
        assert!(missing && small);
    }

    #[test]
    fn a_larger_frame_is_accepted() {
        let mut call = test_call();
        call.size += 64;
        // SAFETY: a frame of this stack; the part beyond `Call` is never touched.
        assert!(unsafe { Call::accept(&raw mut call) }.is_some());
    }

    #[test]
    fn the_trace_of_the_caller_is_readable() {
        let mut call = test_call();
        assert_eq!(call.cx().trace(), None);
        call.trace_id = [1, 2];
        call.span_id = 3;
        call.trace_flags = 1;
        let expected = Trace {
            trace_id: [1, 2],
            span_id: 3,
            flags: 1,
        };
        assert_eq!(call.cx().trace(), Some(expected));
    }
}
