//! Objects of this side that services of Go are given, and how Go calls them.

use crate::call::{Call, STATUS_FRAME, STATUS_OK};
use crate::cx::Cx;
use crate::detail::{ErrorDetail, Site};
use crate::error::{Error, ErrorCode, NoCode, RuntimeCode};
use crate::exchange::unpacked;
use crate::handles::Handles;
use crate::pack::{Pack, PackError, Packer};
use crate::panic::contain;
use crate::unpack::{UnpackOwned, Unpacker};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A call of an object of this side by Go. Mirrors `grout_incoming` of the C header. Go owns it, and what it points to,
/// but for the answer.
#[repr(C)]
#[derive(Debug)]
pub struct Incoming {
    size: u32,
    method: u32,
    object: u64,
    frame: *mut Call,
    /// The packed request.
    request: *const u8,
    request_len: usize,
    /// Out: the packed response, or an encoded error, which Go gives back with [`free_answer`].
    answer: *mut u8,
    answer_len: usize,
}

/// This side's function that calls an object as Go says, and returns the status.
pub type ServeFn = unsafe extern "C" fn(*mut Incoming) -> u32;
/// This side's function that frees an answer.
pub type FreeAnswerFn = unsafe extern "C" fn(*mut u8, usize);

/// The objects of one kind that Go was given.
pub type GivenObjects<T> = Handles<Arc<T>>;

/// A service of this side, of which Go is given objects.
pub trait Given {
    /// What stands behind an object.
    type Object: ?Sized + Send + Sync + 'static;

    /// The objects that Go was given.
    fn objects() -> &'static GivenObjects<Self::Object>;
}

/// The number of an object in the request of a call of Go. Go takes it out when it takes the object over; what is still
/// there after the call is this side's again.
#[repr(transparent)]
#[derive(Debug)]
pub struct Handed<K: Given>(AtomicU64, PhantomData<K>);

impl<K: Given> Handed<K> {
    /// Hands an object over with the call that follows.
    #[must_use]
    pub fn new(object: Arc<K::Object>) -> Self {
        Self(AtomicU64::new(K::objects().insert(object)), PhantomData)
    }
}

impl<K: Given> Drop for Handed<K> {
    fn drop(&mut self) {
        match self.0.load(Ordering::Acquire) {
            0 => {}
            object => release_given(K::objects(), object),
        }
    }
}

/// Lets go of an object that Go was given. A panic of its drop is contained.
pub fn release_given<T: ?Sized + Send + Sync>(objects: &GivenObjects<T>, object: u64) {
    contain(|| drop(objects.close::<NoCode>(object)));
}

/// The number of the method that is called; what is no call has none.
///
/// # Safety
/// `call` is that of a call of Go that runs.
#[must_use]
pub unsafe fn method_of(call: *const Incoming) -> u32 {
    // SAFETY: every version of the struct starts with its size; the caller vouches for it.
    let size = unsafe { (&raw const (*call).size).read() };
    if (size as usize) < size_of::<Incoming>() {
        return u32::MAX;
    }
    // SAFETY: the struct has at least the size of this side's.
    unsafe { (*call).method }
}

/// Serves a call of the method `site`: `serve` computes the response. Nothing unwinds out of it.
///
/// # Safety
/// `call` is that of a call of Go that runs, and of the size that `method_of` asks for; what it points to is valid.
pub unsafe fn serve_given<T, Q, R, C>(
    call: *mut Incoming,
    site: &'static Site,
    objects: &'static GivenObjects<T>,
    serve: impl FnOnce(&T, &Cx, Q) -> Result<R, Error<C>>,
) -> u32
where
    T: ?Sized + Send + Sync,
    Q: UnpackOwned,
    R: Pack,
    C: ErrorCode,
{
    // SAFETY: the caller vouches for the call.
    let call = unsafe { &mut *call };
    // SAFETY: as above.
    let Some(frame) = (unsafe { Call::accept(call.frame) }) else {
        return STATUS_FRAME;
    };
    let (cx, object) = (frame.cx(), call.object);
    // SAFETY: the pointer comes with its length, and Go lends both for the call.
    let request = unsafe { Unpacker::new(call.request, call.request_len) };
    let guarded = || -> Result<Vec<u8>, Error<C>> {
        let object = objects.pin(object)?;
        let response = serve(&object, &cx, unpacked(request)?)?;
        let mut packer = Packer::default();
        let packed = response.pack(&mut packer);
        packed.map_err(PackError::in_response)?;
        Ok(packer.into_bytes())
    };
    // Unwind safe: of what the closure touches, only the object is seen again, and it is shared by design.
    let (status, bytes) = match catch_unwind(AssertUnwindSafe(guarded)) {
        Ok(Ok(bytes)) => (STATUS_OK, bytes),
        Ok(Err(error)) => failure(ErrorDetail::of(&error, site, frame.trace())),
        Err(payload) => failure(ErrorDetail::of_panic(payload, site, frame.trace())),
    };
    let bytes = Box::leak(bytes.into_boxed_slice());
    (call.answer, call.answer_len) = (bytes.as_mut_ptr(), bytes.len());
    status
}

#[cold]
fn failure(detail: ErrorDetail) -> (u32, Vec<u8>) {
    (crate::call::STATUS_ERROR, detail.into_bytes())
}

/// Frees an answer.
///
/// # Safety
/// Both are those of one call, and come once.
pub unsafe extern "C" fn free_answer(answer: *mut u8, len: usize) {
    if !answer.is_null() {
        // SAFETY: `serve_given` leaked it, as long as it says.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(answer, len)) });
    }
}

/// Calls an object as Go would to whom a mock hands it: what is passed and answered is copied and refused as crossing
/// does, and a panic is an error.
///
/// # Errors
/// Those of the method; `PANIC` when it panicked; what the contract does not allow.
pub fn held<Q: Pack + UnpackOwned, R: Pack + UnpackOwned, C: ErrorCode>(
    method: &'static str,
    cx: &Cx,
    request: &Q,
    serve: impl FnOnce(&Cx, Q) -> Result<R, Error<C>>,
) -> Result<R, Error<C>> {
    let called = cx.refuse_if_done().and_then(|()| {
        let request = crossed(request)?;
        let served = catch_unwind(AssertUnwindSafe(|| serve(cx, request)));
        let answer = served.unwrap_or_else(|payload| {
            let caught = crate::panic::Caught::new(payload);
            let message = format!("the callback panicked: {}", caught.message());
            Err(Error::runtime(RuntimeCode::Panic, message))
        })?;
        crossed(&answer).map_err(PackError::in_response)
    });
    called.map_err(|error| error.in_method(crate::record::Side::Rust, method))
}

fn crossed<T: Pack + UnpackOwned>(value: &T) -> Result<T, PackError> {
    let mut packer = Packer::default();
    value.pack(&mut packer)?;
    unpacked(Unpacker::of(&packer.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{STATUS_ERROR, test_call};
    use crate::code::tests::TestCode;
    use crate::detail::tests::SITE;
    use crate::wire::decode_error;
    use std::ptr;

    trait Bell: Send + Sync {
        fn ring(&self, times: u32) -> Result<String, Error<TestCode>>;
    }

    /// Rings, is held at 8, and breaks at 9.
    struct Bronze;

    impl Bell for Bronze {
        fn ring(&self, times: u32) -> Result<String, Error<TestCode>> {
            match times {
                8 => Err(Error::new(TestCode::Locked, "held")),
                9 => panic!("it broke"),
                _ => Ok("dong ".repeat(times as usize)),
            }
        }
    }

    static BELLS: GivenObjects<dyn Bell> = Handles::new("Bell");

    struct Bells;

    impl Given for Bells {
        type Object = dyn Bell;

        fn objects() -> &'static GivenObjects<dyn Bell> {
            &BELLS
        }
    }

    /// Calls as Go does.
    fn call(object: u64, request: &[u8]) -> (u32, Vec<u8>) {
        let mut frame = test_call();
        let mut incoming = Incoming {
            size: size_of::<Incoming>() as u32,
            method: 0,
            object,
            frame: &raw mut frame,
            request: request.as_ptr(),
            request_len: request.len(),
            answer: ptr::null_mut(),
            answer_len: 0,
        };
        // SAFETY: all of it lives on this stack, and the answer is freed once.
        unsafe {
            assert_eq!(method_of(&raw const incoming), 0);
            let status = serve_given(&raw mut incoming, &SITE, &BELLS, |bell, _, times| {
                bell.ring(times)
            });
            let answer = crate::input::slice(incoming.answer, incoming.answer_len).to_vec();
            free_answer(incoming.answer, incoming.answer_len);
            (status, answer)
        }
    }

    fn failed(object: u64, request: &[u8]) -> String {
        let (status, answer) = call(object, request);
        assert_eq!(status, STATUS_ERROR);
        let record = decode_error(&answer);
        assert_eq!(
            record.hops.last().map(|hop| &*hop.method),
            Some("Store.Open")
        );
        record.name.into_owned()
    }

    // Proves G12, C4 and L6: Go calls what it was given until it releases it. Expected: answers and errors cross, panics
    // are contained, bytes that are no request are refused, and what was released is CLOSED.
    #[test]
    fn go_calls_what_it_was_given() {
        let bell = Arc::new(Bronze);
        let object = BELLS.insert(Arc::<Bronze>::clone(&bell));
        let (status, answer) = call(object, &2_u32.to_le_bytes());
        let text = unpacked::<String>(Unpacker::of(&answer)).expect("a text");
        assert_eq!((status, text.as_str()), (STATUS_OK, "dong dong "));
        for (request, name) in [(8, "LOCKED"), (9, "PANIC")] {
            assert_eq!(failed(object, &u32::to_le_bytes(request)), name);
        }
        assert_eq!(failed(object, &[1]), "INVALID_ARGUMENT");
        release_given(&BELLS, object);
        assert_eq!(Arc::strong_count(&bell), 1);
        assert_eq!(failed(object, &2_u32.to_le_bytes()), "CLOSED");
        release_given(&BELLS, object);
    }

    // Rule G12: what Go did not take over is let go of, and what it did is not.
    #[test]
    fn what_go_did_not_take_is_let_go_of() {
        let bell = Arc::new(Bronze);
        let give = || Handed::<Bells>::new(Arc::<Bronze>::clone(&bell));
        let refused = give();
        assert_eq!(Arc::strong_count(&bell), 2);
        drop(refused);
        assert_eq!(Arc::strong_count(&bell), 1);
        let taken = give();
        let object = taken.0.swap(0, Ordering::AcqRel);
        drop(taken);
        assert_eq!(Arc::strong_count(&bell), 2);
        release_given(&BELLS, object);
        assert_eq!(Arc::strong_count(&bell), 1);
        assert_eq!(size_of::<Handed<Bells>>(), size_of::<u64>());
    }

    // Rules C1 and C4: a struct or a frame that is too small is refused; a drop that panics is contained.
    #[test]
    fn what_is_too_small_is_refused_and_a_panic_of_a_drop_is_contained() {
        struct Panicking;
        impl Bell for Panicking {
            fn ring(&self, _: u32) -> Result<String, Error<TestCode>> {
                Ok(String::new())
            }
        }
        impl Drop for Panicking {
            fn drop(&mut self) {
                panic!("on purpose");
            }
        }
        let mut frame = test_call();
        frame.size -= 1;
        let mut incoming = Incoming {
            size: size_of::<Incoming>() as u32,
            method: 0,
            object: 0,
            frame: &raw mut frame,
            request: ptr::null(),
            request_len: 0,
            answer: ptr::null_mut(),
            answer_len: 0,
        };
        // SAFETY: all of it lives on this stack.
        unsafe {
            let status = serve_given(&raw mut incoming, &SITE, &BELLS, |bell, _, times| {
                assert_eq!(times, 0, "it runs");
                bell.ring(times)
            });
            assert_eq!(status, STATUS_FRAME);
            incoming.size -= 1;
            assert_eq!(method_of(&raw const incoming), u32::MAX);
        }
        release_given(&BELLS, BELLS.insert(Arc::new(Panicking)));
    }

    // Rule G7: an object that a mock was handed is called as Go calls it.
    #[test]
    fn a_mock_calls_an_object_as_go_does() {
        let ring = |times: u32| {
            held("Bell.Ring", &Cx::background(), &times, |_, times| {
                Bronze.ring(times)
            })
        };
        assert_eq!(ring(1), Ok("dong ".to_owned()));
        let error = ring(9).expect_err("a panic");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::Panic));
        assert_eq!(error.message(), "the callback panicked: it broke");
        assert_eq!(ring(8).expect_err("held").code(), Some(TestCode::Locked));
    }
}
