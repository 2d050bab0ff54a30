//! Objects of Go that this side holds, and calls of them.

use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::exchange::{CallFn, Callee, exchange};
use crate::pack::PackError;
use std::sync::OnceLock;

/// Go's function that lets go of one of its objects.
pub type ReleaseFn = unsafe extern "C" fn(u64);

/// The functions of Go by which objects of one service are called.
#[derive(Debug)]
pub struct Callbacks {
    name: &'static str,
    functions: OnceLock<(Callee, ReleaseFn)>,
}

impl Callbacks {
    /// Objects of the service that the contract calls `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            functions: OnceLock::new(),
        }
    }

    /// Keeps the functions of Go, which are the same each time.
    ///
    /// # Safety
    /// Both may be called from any thread for as long as the process lives, with any object that Go handed over and that
    /// was not released.
    pub unsafe fn bind(&self, call: CallFn, release: ReleaseFn) {
        let (name, cancel) = (self.name, None);
        let callee = Callee { name, call, cancel };
        self.functions.get_or_init(|| (callee, release));
    }

    /// Takes over an object that Go handed over; it is released when the callback is dropped.
    #[must_use]
    pub fn adopt(&'static self, object: u64) -> Callback {
        Callback {
            table: self,
            object,
        }
    }
}

/// An object of Go that this side holds.
#[derive(Debug)]
pub struct Callback {
    table: &'static Callbacks,
    object: u64,
}

impl Callback {
    /// Calls a method of the object; `method` is its number, and `read` makes the response of its struct, and of what Go
    /// asked room for. Go may call back in turn.
    ///
    /// # Errors
    /// Those of the method; `PANIC` when it panicked; `INVALID_RESPONSE` for what the contract does not allow.
    ///
    /// # Safety
    /// `In` and `Out` are the structs of the method, and the pointers in `input` are valid for the lengths that come with
    /// them.
    #[inline]
    pub unsafe fn call<In, Out: Default, R, C: ErrorCode>(
        &self,
        method: u32,
        cx: &Cx,
        input: &In,
        read: impl FnOnce(&Out, &[u8]) -> Result<R, PackError>,
    ) -> Result<R, Error<C>> {
        let Some((callee, _)) = self.table.functions.get() else {
            return Err(self.unbound());
        };
        // SAFETY: whoever bound the function vouches for it, and the caller for the structs.
        unsafe { exchange(*callee, self.object, method, cx, input, read) }
    }

    #[cold]
    fn unbound<C: ErrorCode>(&self) -> Error<C> {
        let message = format!("no Go program has bound {}", self.table.name);
        Error::runtime(RuntimeCode::Unavailable, message)
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        if let Some((_, release)) = self.table.functions.get() {
            // SAFETY: the object was handed over by Go and is released once.
            unsafe { release(self.object) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Call, STATUS_ERROR, STATUS_OK};
    use crate::error::NoCode;
    use crate::exchange::{Invocation, make_room};
    use crate::output::{InlineTail, TAIL_LEN};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::{Duration, UNIX_EPOCH};

    static RELEASED: AtomicU64 = AtomicU64::new(0);

    #[repr(C)]
    struct In {
        number: u64,
        text: *const u8,
        text_len: usize,
    }

    #[repr(C)]
    #[derive(Default)]
    struct Out {
        number: u64,
        text_len: usize,
        tail: InlineTail,
    }

    /// Stands for Go: method 0 answers twice the number and the text as often, 1 with an error, 2 says that a text is
    /// longer than what it wrote, 3 answers with a text that is none, 4 oddly, and 5 with the deadline.
    unsafe extern "C" fn call(call: *mut Invocation) -> u32 {
        // SAFETY: `Callback::call` lends all of them.
        let (method, input, out) = unsafe {
            let Invocation {
                object,
                method,
                request,
                frame,
                response,
                size,
            } = *call;
            assert_eq!((object, size as usize), (7, size_of::<Invocation>()));
            if method == 5 {
                (*response.cast::<Out>()).number = frame.as_ref().map_or(0, deadline_of);
                return STATUS_OK;
            }
            (method, &*request.cast::<In>(), &mut *response.cast::<Out>())
        };
        // SAFETY: as before.
        let text = unsafe { crate::input::slice(input.text, input.text_len) };
        let answer = match method {
            0 => text.repeat(input.number as usize),
            1 => crate::wire::encode(&crate::record::ErrorRecord {
                message: "as asked".to_owned(),
                ..Default::default()
            }),
            3 => b"ab\xff".to_vec(),
            _ => Vec::new(),
        };
        out.number = input.number * 2;
        out.text_len = if method == 2 {
            TAIL_LEN + 1
        } else {
            answer.len()
        };
        // SAFETY: the call is the one that runs; the room is as long as the answer, and so is the tail.
        unsafe {
            let place = if method == 1 || answer.len() > TAIL_LEN {
                make_room(call, answer.len())
            } else {
                (&raw mut out.tail).cast()
            };
            place.copy_from(answer.as_ptr(), answer.len());
        }
        match method {
            1 => STATUS_ERROR,
            4 => 9,
            _ => STATUS_OK,
        }
    }

    unsafe extern "C" fn release(object: u64) {
        RELEASED.fetch_add(object, Ordering::SeqCst);
    }

    fn deadline_of(frame: &Call) -> u64 {
        assert_eq!(frame.size as usize, size_of::<Call>());
        frame.deadline_unix_ns as u64
    }

    fn repeat(
        thing: &Callback,
        method: u32,
        text: &str,
        times: u64,
    ) -> Result<(u64, String), Error> {
        called(thing, method, &Cx::background(), text, times)
    }

    fn called(
        thing: &Callback,
        method: u32,
        cx: &Cx,
        text: &str,
        times: u64,
    ) -> Result<(u64, String), Error> {
        let input = In {
            number: times,
            text: text.as_ptr(),
            text_len: text.len(),
        };
        let read = |out: &Out, room: &[u8]| {
            let text = out.tail.read(room).text(out.text_len, "text")?;
            Ok((out.number, text))
        };
        // SAFETY: the structs are those of `call`.
        unsafe { thing.call::<_, _, _, NoCode>(method, cx, &input, read) }
    }

    #[test]
    fn a_callback_is_called_and_released() {
        static THINGS: Callbacks = Callbacks::new("Thing");
        let unbound = repeat(&THINGS.adopt(7), 0, "", 0).expect_err("unbound");
        assert_eq!(unbound.runtime_code(), Some(RuntimeCode::Unavailable));
        // SAFETY: the functions above may be called at any time.
        unsafe { THINGS.bind(call, release) };
        let thing = THINGS.adopt(7);
        for times in [0, 1, TAIL_LEN as u64, TAIL_LEN as u64 + 1, 10_000] {
            let answer = repeat(&thing, 0, "x", times);
            assert_eq!(answer, Ok((2 * times, "x".repeat(times as usize))));
        }
        for (cx, deadline) in [
            (Cx::background(), 0),
            (
                Cx::background().with_deadline(UNIX_EPOCH + Duration::from_nanos(9)),
                9,
            ),
        ] {
            let answer = called(&thing, 5, &cx, "", 0);
            assert_eq!(answer, Ok((deadline, String::new())));
        }
        let failed = repeat(&thing, 1, "", 0).expect_err("as asked");
        assert_eq!(failed.message(), "as asked");
        for (method, code, message) in [
            (
                2,
                RuntimeCode::InvalidResponse,
                "text: 193 bytes are needed, 192 are left",
            ),
            (
                3,
                RuntimeCode::InvalidResponse,
                "text: not valid UTF-8 at byte 2",
            ),
            (
                4,
                RuntimeCode::Handshake,
                "Go refuses the call frame of Thing",
            ),
        ] {
            let error = repeat(&thing, method, "", 0).expect_err(message);
            assert_eq!(error.runtime_code(), Some(code), "{method}");
            assert!(error.message().starts_with(message), "{error}");
        }
        assert_eq!(RELEASED.load(Ordering::SeqCst), 0);
        drop(thing);
        assert_eq!(RELEASED.load(Ordering::SeqCst), 7);
    }
}
