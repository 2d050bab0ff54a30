//! A call of Go: request and response lie flattened in structs of this side.

use crate::call::{Call, STATUS_ERROR, STATUS_OK};
use crate::cancel::CancelFn;
use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::pack::PackError;
use crate::unpack::{UnpackOwned, Unpacker};
use crate::wire::decode_error;
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr;

/// A call of a method of Go, as Go sees it. Mirrors `grout_invocation` of the C header. This side owns it, and what it
/// points to.
#[repr(C)]
#[derive(Debug)]
pub struct Invocation {
    /// Size of this struct in bytes, as this side knows it.
    pub(crate) size: u32,
    /// The number of the method.
    pub(crate) method: u32,
    /// The number of the object.
    pub(crate) object: u64,
    /// Null for a call without deadline and trace that cannot be canceled.
    pub(crate) frame: *mut Call,
    /// The struct that the request is flattened in.
    pub(crate) request: *const c_void,
    /// The struct that Go writes the response to.
    pub(crate) response: *mut c_void,
}

impl Invocation {
    #[inline]
    fn of(object: u64, method: u32) -> Self {
        Self {
            size: size_of::<Self>() as u32,
            method,
            object,
            frame: ptr::null_mut(),
            request: ptr::null(),
            response: ptr::null_mut(),
        }
    }
}

/// Go's function that calls what an invocation says, and returns the status.
pub type CallFn = unsafe extern "C" fn(*mut Invocation) -> u32;
/// This side's function by which Go gets room for an answer to a call: where `len` bytes are.
pub type MakeRoomFn = unsafe extern "C" fn(*mut Invocation, usize) -> *mut u8;

/// A call of Go, and the room that Go asked for. Go knows of the first part alone.
#[repr(C)]
#[derive(Debug)]
struct Outgoing {
    invocation: Invocation,
    /// An encoded error, or the texts and bytes of a response that are too long for its struct.
    room: Option<Box<[u8]>>,
}

impl Outgoing {
    #[inline]
    fn new(invocation: Invocation) -> Self {
        let room = None;
        Self { invocation, room }
    }

    /// What Go is given, by which it asks for room.
    #[inline]
    fn invocation(&mut self) -> *mut Invocation {
        (&raw mut *self).cast()
    }
}

/// Makes room for `len` bytes of an answer to a call of Go, in place of what there was, and says where.
///
/// # Safety
/// `call` is that of a call of Go that runs, as Go was given it.
pub unsafe extern "C" fn make_room(call: *mut Invocation, len: usize) -> *mut u8 {
    // SAFETY: the caller vouches for the call, which is the first part of its `Outgoing`; nobody else uses the room now.
    let room = unsafe { &mut (*call.cast::<Outgoing>()).room };
    room.insert(vec![0; len].into()).as_mut_ptr()
}

/// How objects of one kind are called, and how a call of them is canceled where it can be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Callee {
    /// For people, of whom refuses.
    pub(crate) name: &'static str,
    pub(crate) call: CallFn,
    pub(crate) cancel: Option<CancelFn>,
}

/// Calls a method of an object by its number. `read` makes the response of its struct and of the room.
///
/// # Errors
/// Those of the method; `PANIC` when it panicked; `INVALID_RESPONSE` for what the contract does not allow.
///
/// # Safety
/// The functions of the callee may be called, and `In` and `Out` are the structs of the method; pointers in `input` are
/// valid for the lengths that come with them.
// Inlined: it is no more than what it puts together on the stack.
#[inline]
pub(crate) unsafe fn exchange<In, Out: Default, R, C: ErrorCode>(
    callee: Callee,
    object: u64,
    method: u32,
    cx: &Cx,
    input: &In,
    read: impl FnOnce(&Out, &[u8]) -> Result<R, PackError>,
) -> Result<R, Error<C>> {
    let (mut out, mut frame) = (Out::default(), MaybeUninit::uninit());
    let frame: *mut Call = if cx.says_nothing() {
        ptr::null_mut()
    } else {
        frame.write(Call::outgoing(cx))
    };
    let mut outgoing = Outgoing::new(Invocation {
        frame,
        request: (&raw const *input).cast(),
        response: (&raw mut out).cast(),
        ..Invocation::of(object, method)
    });
    // SAFETY: a context that can be canceled has a frame, which outlives the watch: that is dropped at the end of this
    // function.
    let _watch = callee
        .cancel
        .zip(cx.cancellation())
        .map(|(cancel, cancellation)| unsafe { cancellation.watch(frame, cancel) });
    // SAFETY: the caller vouches for the function; all that it is given lives for the call.
    let status = unsafe { (callee.call)(outgoing.invocation()) };
    let room = outgoing.room.as_deref().unwrap_or_default();
    match status {
        STATUS_OK => read(&out, room).map_err(PackError::in_response),
        status => Err(failure(callee.name, status, room)),
    }
}

#[cold]
fn failure<C: ErrorCode>(callee: &str, status: u32, room: &[u8]) -> Error<C> {
    if status == STATUS_ERROR {
        return Error::from_record(decode_error(room));
    }
    let message = format!("Go refuses the call frame of {callee}");
    Error::runtime(RuntimeCode::Handshake, message)
}

/// What Go answers a call with that is none of a method.
pub(crate) fn ask(call: impl FnOnce(*mut Invocation)) -> Vec<u8> {
    let mut outgoing = Outgoing::new(Invocation::of(0, 0));
    call(outgoing.invocation());
    outgoing.room.unwrap_or_default().into()
}

/// The value that the bytes are, all of them.
pub(crate) fn unpacked<T: UnpackOwned>(mut unpacker: Unpacker<'_>) -> Result<T, PackError> {
    let value = T::unpack(&mut unpacker)?;
    unpacker.finish()?;
    Ok(value)
}
