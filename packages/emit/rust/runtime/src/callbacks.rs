//! Objects of Go that this side holds, and calls of them.

use crate::call::Call;
use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::exchange::{Answer, exchange};
use crate::pack::Pack;
use crate::unpack::UnpackOwned;
use std::sync::OnceLock;

/// Go's function that calls the method with that number of one of its objects. The request is lent for the call.
pub type CallFn = unsafe extern "C" fn(u64, u32, *mut Call, *const u8, usize, *mut Answer) -> u32;
/// Go's function that lets go of one of its objects.
pub type ReleaseFn = unsafe extern "C" fn(u64);

/// The functions of Go by which objects of one service are called.
#[derive(Debug)]
pub struct Callbacks {
    name: &'static str,
    functions: OnceLock<(CallFn, ReleaseFn)>,
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
        self.functions.get_or_init(|| (call, release));
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
    /// Calls a method of the object; `method` is its number. Go may call back in turn.
    ///
    /// # Errors
    /// Those of the method; `PANIC` when it panicked.
    pub fn call<Q: Pack, R: UnpackOwned, C: ErrorCode>(
        &self,
        method: u32,
        cx: &Cx,
        request: &Q,
    ) -> Result<R, Error<C>> {
        let Some((call, _)) = self.table.functions.get() else {
            let message = format!("no Go program has bound {}", self.table.name);
            return Err(Error::runtime(RuntimeCode::Unavailable, message));
        };
        exchange(
            self.table.name,
            cx,
            None,
            request,
            // SAFETY: whoever bound the function vouches for it; all that is passed lives for the call.
            |frame, request, len, answer| unsafe {
                call(self.object, method, frame, request, len, answer)
            },
        )
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
    use crate::call::STATUS_OK;
    use crate::error::NoCode;
    use crate::unpack::{Unpack, Unpacker};
    use std::sync::atomic::{AtomicU64, Ordering};

    static RELEASED: AtomicU64 = AtomicU64::new(0);

    /// Stands for Go: method 0 answers twice the number it gets, 1 answers nothing, 2 answers much, 3 fails oddly.
    unsafe extern "C" fn call(
        object: u64,
        method: u32,
        call: *mut Call,
        request: *const u8,
        len: usize,
        answer: *mut Answer,
    ) -> u32 {
        // SAFETY: `Callback::call` lends all of them.
        let (call, request, answer) = unsafe {
            (
                &*call,
                std::slice::from_raw_parts(request, len),
                &mut *answer,
            )
        };
        assert_eq!(object, 7);
        assert_eq!(call.size as usize, size_of::<Call>());
        let number = u32::unpack(&mut Unpacker::of(request)).expect("a number");
        let bytes = match method {
            0 => (number * 2).to_le_bytes().to_vec(),
            1 => Vec::new(),
            2 => [1_000_u32.to_le_bytes().as_slice(), &[1; 1_000]].concat(),
            _ => return 9,
        };
        answer.len = bytes.len();
        answer.bytes.fill([bytes]);
        STATUS_OK
    }

    unsafe extern "C" fn release(object: u64) {
        RELEASED.fetch_add(object, Ordering::SeqCst);
    }

    #[test]
    fn a_callback_is_called_and_released() {
        static THINGS: Callbacks = Callbacks::new("Thing");
        let unbound = THINGS
            .adopt(7)
            .call::<_, u32, NoCode>(0, &Cx::background(), &1_u32);
        assert_eq!(
            unbound.expect_err("unbound").runtime_code(),
            Some(RuntimeCode::Unavailable)
        );
        // SAFETY: the functions above may be called at any time.
        unsafe { THINGS.bind(call, release) };
        let thing = THINGS.adopt(7);
        let cx = Cx::background();
        assert_eq!(thing.call::<_, u32, NoCode>(0, &cx, &21_u32), Ok(42));
        let much = thing.call::<_, Vec<u8>, NoCode>(2, &cx, &0_u32);
        assert_eq!(much, Ok(vec![1; 1_000]));
        for (method, code) in [
            (1, RuntimeCode::InvalidResponse),
            (2, RuntimeCode::InvalidResponse),
            (3, RuntimeCode::Handshake),
        ] {
            let error = thing.call::<_, u32, NoCode>(method, &cx, &0_u32);
            assert_eq!(
                error.expect_err("no answer").runtime_code(),
                Some(code),
                "{method}"
            );
        }
        assert_eq!(RELEASED.load(Ordering::SeqCst), 0);
        drop(thing);
        assert_eq!(RELEASED.load(Ordering::SeqCst), 7);
    }
}
