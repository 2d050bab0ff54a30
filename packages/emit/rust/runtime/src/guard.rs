//! The guard around every exported function.

use crate::call::{Call, STATUS_FRAME, STATUS_OK};
use crate::cx::Cx;
use crate::detail::{ErrorDetail, Site};
use crate::error::{Error, ErrorCode};
use crate::pack::PackError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs one unary call of the method `site`: `serve` computes the response, `write` lays it out for Go. Nothing unwinds out of it.
///
/// Returns the status that the exported function returns: 0 written, 1 failed with a detail in the frame,
/// 2 frame refused.
///
/// # Safety
/// `call` is null, or a frame that is valid for its `size`; `out` is valid and zeroed or otherwise initialised; both
/// belong to this call alone while it runs.
// Inlined: otherwise the arguments of the exported function travel through memory, in the closures.
#[inline]
pub unsafe fn unary<C, Response, Out>(
    site: &'static Site,
    call: *mut Call,
    out: *mut Out,
    serve: impl FnOnce(&Cx) -> Result<Response, Error<C>>,
    write: impl FnOnce(Response, &mut Out) -> Result<(), PackError>,
) -> u32
where
    C: ErrorCode,
{
    // SAFETY: the caller vouches for `call`.
    let Some(frame) = (unsafe { Call::accept(call) }) else {
        return STATUS_FRAME;
    };
    let cx = frame.cx();
    // The trace of an error is read from the frame, so that a call that succeeds need not keep it.
    let guarded = || {
        let response = serve(&cx).map_err(|error| ErrorDetail::of(&error, site, frame.trace()))?;
        // SAFETY: the caller vouches for `out`.
        let written = write(response, unsafe { &mut *out });
        written.map_err(|error| ErrorDetail::of::<C>(&error.in_response(), site, frame.trace()))
    };
    // Unwind safe: of what the closure touches, only the service is seen again, and it is shared by design.
    match catch_unwind(AssertUnwindSafe(guarded)) {
        Ok(Ok(())) => STATUS_OK,
        Ok(Err(detail)) => frame.fail(detail),
        Err(payload) => {
            let detail = ErrorDetail::of_panic(payload, site, frame.trace());
            frame.fail(detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{STATUS_ERROR, test_call};
    use crate::code::tests::TestCode;
    use crate::detail::tests::{SITE, take};
    use crate::error::NoCode;
    use std::sync::Arc;

    #[test]
    fn a_response_is_written() {
        let (mut call, mut out) = (test_call(), 0);
        // SAFETY: both live on this stack.
        let status = unsafe {
            unary(
                &SITE,
                &raw mut call,
                &raw mut out,
                |_| Ok::<_, Error<NoCode>>(42),
                |response, out| {
                    *out = response;
                    Ok(())
                },
            )
        };
        assert_eq!((status, out), (STATUS_OK, 42));
        assert!(call.error.is_null());
    }

    // Proves O22 of a frame that is refused. Expected: nothing runs, and what the method was given is dropped.
    #[test]
    fn what_was_given_is_dropped_when_the_frame_is_refused() {
        let given = Arc::new(());
        let (kept, mut out) = (Arc::clone(&given), 0);
        let serve = |_: &Cx| -> Result<i32, Error<NoCode>> {
            drop(kept);
            panic!("it runs")
        };
        let write = |_, _: &mut i32| Ok(());
        // SAFETY: null is refused, and `out` lives on this stack.
        let status = unsafe { unary(&SITE, std::ptr::null_mut(), &raw mut out, serve, write) };
        assert_eq!((status, Arc::strong_count(&given)), (STATUS_FRAME, 1));
    }

    #[test]
    fn an_error_leaves_a_detail_and_no_result() {
        let (mut call, mut out) = (test_call(), 0);
        let serve = |_: &Cx| Err::<i32, _>(Error::new(TestCode::Locked, "held"));
        // SAFETY: both live on this stack.
        let status = unsafe {
            unary(
                &SITE,
                &raw mut call,
                &raw mut out,
                serve,
                |response, out| {
                    *out = response;
                    Ok(())
                },
            )
        };
        assert_eq!((status, out), (STATUS_ERROR, 0));
        assert_eq!(take(call.error).name, "LOCKED");
    }

    #[test]
    fn a_panic_of_the_method_or_of_the_writer_is_contained() {
        let serve_panics = |_: &Cx| -> Result<i32, Error<TestCode>> { panic!("in the method") };
        let write_panics = |_: i32, _: &mut i32| panic!("in the writer");
        let (mut call, mut out) = (test_call(), 0);
        // SAFETY: both live on this stack.
        let status = unsafe {
            unary(&SITE, &raw mut call, &raw mut out, serve_panics, |_, _| {
                Ok(())
            })
        };
        assert_eq!(
            (status, take(call.error).name.as_ref()),
            (STATUS_ERROR, "PANIC")
        );
        // SAFETY: as before.
        let status = unsafe {
            unary(
                &SITE,
                &raw mut call,
                &raw mut out,
                |_| Ok::<_, Error<TestCode>>(1),
                write_panics,
            )
        };
        assert_eq!(
            (status, take(call.error).name.as_ref()),
            (STATUS_ERROR, "PANIC")
        );
    }

    #[test]
    fn without_a_frame_nothing_runs() {
        let mut out = 0;
        let serve =
            |_: &Cx| -> Result<i32, Error<NoCode>> { unreachable!("the frame is refused first") };
        // SAFETY: null is allowed.
        let status = unsafe {
            unary(&SITE, std::ptr::null_mut(), &raw mut out, serve, |_, _| {
                Ok(())
            })
        };
        assert_eq!(status, STATUS_FRAME);
    }
}
