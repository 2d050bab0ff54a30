//! A call of Go: request and response cross packed, whole.

use crate::call::{Call, STATUS_ERROR, STATUS_OK};
use crate::cancel::CancelFn;
use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::output::Tail;
use crate::pack::{Pack, Packer};
use crate::unpack::{UnpackOwned, Unpacker};
use crate::wire::decode_error;

/// What Go answers a call with: a packed response with status 0, an encoded error with status 1. Mirrors `grout_answer`
/// of the C header. This side owns it, and passes it zeroed.
#[repr(C)]
#[derive(Debug, Default)]
pub struct Answer {
    /// Number of the bytes in the tail.
    pub len: usize,
    /// The bytes.
    pub bytes: Tail,
}

impl Answer {
    /// The bytes that were answered.
    pub(crate) fn view(&self) -> &[u8] {
        self.bytes.view(self.len)
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.bytes.free();
    }
}

/// Makes a call. `callee` is who refuses, for people; `call` gets the frame, the request with its length, and the answer,
/// and returns the status. A call that is canceled is told to Go by `cancel`, where that is known.
///
/// # Errors
/// Those of the method; `PANIC` when it panicked; `INVALID_ARGUMENT` or `INVALID_RESPONSE` for what the contract does
/// not allow.
pub(crate) fn exchange<Q: Pack, R: UnpackOwned, C: ErrorCode>(
    callee: &str,
    cx: &Cx,
    cancel: Option<CancelFn>,
    request: &Q,
    call: impl FnOnce(*mut Call, *const u8, usize, *mut Answer) -> u32,
) -> Result<R, Error<C>> {
    let mut packer = Packer::default();
    request.pack(&mut packer)?;
    let request = packer.into_bytes();
    let (mut frame, mut answer) = (Call::outgoing(cx), Answer::default());
    let frame = &raw mut frame;
    // SAFETY: the frame outlives the watch, which is dropped at the end of this function.
    let _watch = cancel
        .zip(cx.cancellation())
        .map(|(cancel, cancellation)| unsafe { cancellation.watch(frame, cancel) });
    let status = call(frame, request.as_ptr(), request.len(), &raw mut answer);
    match status {
        STATUS_OK => response(&answer),
        STATUS_ERROR => Err(Error::from_record(decode_error(answer.view()))),
        _ => Err(Error::runtime(
            RuntimeCode::Handshake,
            format!("Go refuses the call frame of {callee}"),
        )),
    }
}

fn response<R: UnpackOwned, C: ErrorCode>(answer: &Answer) -> Result<R, Error<C>> {
    unpacked(answer.view()).map_err(|error| error.in_response())
}

/// The value that the bytes are, all of them.
pub(crate) fn unpacked<T: UnpackOwned>(bytes: &[u8]) -> Result<T, crate::pack::PackError> {
    let mut unpacker = Unpacker::of(bytes);
    let value = T::unpack(&mut unpacker)?;
    unpacker.finish()?;
    Ok(value)
}
