//! Runtime of the bridges that nx-grout generates: what the implementation of a service sees of a call ([`Cx`]), how
//! it fails ([`Error`], [`ErrorCode`]), and, in [`ffi`], how calls cross from Go.
//!
//! An implementation only needs what is at the root of this crate; [`ffi`] is for generated code.
#![deny(unsafe_op_in_unsafe_fn, missing_docs)]

mod align;
mod arena;
mod buffer;
mod bytes;
mod call;
mod callbacks;
mod cancel;
mod canonical;
mod cause;
mod closer;
mod code;
mod cx;
mod detail;
mod disclosure;
mod error;
mod exchange;
mod facts;
mod gate;
mod given;
mod guard;
mod handles;
mod handshake;
mod hint;
mod hook;
mod hosted;
mod input;
mod mock;
mod mock_log;
mod output;
mod owned;
mod pack;
mod panic;
mod place;
mod record;
mod redacted;
mod result_ext;
mod status;
pub mod testing;
mod text;
mod time;
mod unpack;
mod wire;

pub use arena::{Arena, ArenaIter};
pub use buffer::Buffer;
pub use bytes::Bytes;
pub use cancel::Canceler;
pub use canonical::Canonical;
pub use closer::{StillClosing, wait_for_closes};
pub use cx::{Cx, Expired, Trace};
pub use error::{Error, ErrorCode, NoCode, Retry, RuntimeCode};
pub use hook::set_error_hook;
pub use mock_log::MockLog;
pub use record::{Arg, Cause, ErrorRecord, Hop, Side};
pub use redacted::Redacted;
pub use result_ext::{ForwardExt, ResultExt};
pub use status::{DebugInfo, ErrorInfo, Status};
pub use text::Text;
pub use time::SignedDuration;

/// How calls cross in process. Only generated code uses it; it changes together with the generator.
pub mod ffi {
    pub use crate::align::check_aligned;
    pub use crate::arena::InArena;
    pub use crate::buffer::{free_buffer, new_buffer, take_buffer};
    pub use crate::bytes::{View, free_view};
    pub use crate::call::{Call, FRAME_VERSION, FRAME_VERSION_3, STATUS_FRAME};
    pub use crate::callbacks::{Callback, Callbacks, ReleaseFn};
    pub use crate::cancel::CancelFn;
    pub use crate::detail::{ErrorDetail, ErrorView, Site, Text, free_error, view_error};
    pub use crate::disclosure::Disclosure;
    pub use crate::exchange::{CallFn, Invocation, MakeRoomFn, make_room};
    pub use crate::given::{
        FreeAnswerFn, Given, GivenObjects, Handed, Incoming, ServeFn, free_answer, held, method_of,
        release_given, serve_given,
    };
    pub use crate::guard::unary;
    pub use crate::handles::{Exclusive, Handles, Locked, Pin, close};
    pub use crate::handshake::{Handshake, Identity, answer_handshake, layout_of, layout_sum};
    pub use crate::hosted::{Archive, Calling, HostIdentity, Hosted};
    pub use crate::input::{aligned_bytes, bytes, lent_aligned_bytes, lent_bytes, lent_text, text};
    pub use crate::mock::{
        MockCloseFn, MockFn, MockGivenFn, mocked, mocked_close, mocked_given, mocked_given_object,
        mocked_object,
    };
    pub use crate::output::{InlineTail, TAIL_LEN, Tail, TailReader, free_spill};
    pub use crate::owned::{Close, Closing, GoObject, GoObjects, Owned};
    pub use crate::pack::{Length, Pack, PackError, Packer, check_len};
    pub use crate::time::{timestamp, timestamp_parts};
    pub use crate::unpack::{Unpack, UnpackOwned, Unpacker};
    pub use crate::wire::decode_error;
}
