//! Objects that this side owns, and that live in Go; a mock stands in for one by lying where it would.

use crate::cancel::CancelFn;
use crate::code::ErrorCode;
use crate::cx::Cx;
use crate::error::{Error, NoCode};
use crate::exchange::{CallFn, Callee, exchange};
use crate::handles::{Exclusive, Handles};
use crate::hook;
use crate::mock::contained;
use crate::pack::PackError;
use crate::record::Side;
use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

/// The functions of Go by which objects of one kind are called.
#[derive(Debug)]
pub struct GoObjects {
    callee: Callee,
    closing: u32,
}

impl GoObjects {
    /// Objects of the kind that the contract calls `name`; `closing` is the number of the method that closes one.
    ///
    /// # Safety
    /// Both functions are those of one archive, and may be called from any thread at any time; `closing` is the number of
    /// a method without request and response.
    #[must_use]
    pub const unsafe fn new(
        name: &'static str,
        call: CallFn,
        cancel: CancelFn,
        closing: u32,
    ) -> Self {
        let cancel = Some(cancel);
        let callee = Callee { name, call, cancel };
        Self { callee, closing }
    }

    /// Takes over an object that Go gave away. It is there until somebody closes it, so it is to be made a [`Closing`].
    #[must_use]
    pub fn adopt(&'static self, object: u64) -> GoObject {
        GoObject { kind: self, object }
    }
}

/// An object of Go that this side owns.
#[derive(Debug)]
pub struct GoObject {
    kind: &'static GoObjects,
    object: u64,
}

impl GoObject {
    /// Calls a method of the object; `method` is its number, and `read` makes the response of its struct, and of what Go
    /// asked room for.
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
        // SAFETY: whoever made the kind vouches for the functions, and the caller for the structs.
        unsafe { exchange(self.kind.callee, self.object, method, cx, input, read) }
    }

    /// Closes the object in Go; once, and after the last call.
    ///
    /// # Errors
    /// What Go says of it; `PANIC` when it panicked. The object is closed all the same.
    pub fn close(&mut self) -> Result<(), Error> {
        let cx = Cx::background();
        // SAFETY: the method has neither request nor response.
        unsafe { self.call(self.kind.closing, &cx, &(), |_: &(), _| Ok(())) }
    }
}

/// What has to be closed, and may fail to.
pub trait Close {
    /// Names, for people, how one is closed: `Index.Close`.
    const METHOD: &'static str;

    /// Closes it; once, and after the last call.
    ///
    /// # Errors
    /// Those of what is closed, which is closed all the same.
    fn close(&mut self) -> Result<(), Error>;
}

/// What is closed when it is dropped. What comes of it is for whoever closes the owner in this thread, or else for the hook
/// of errors.
#[derive(Debug)]
pub struct Closing<T: Close + ?Sized>(Box<T>);

impl<T: Close + ?Sized> Closing<T> {
    /// Closes `object` in the end.
    #[must_use]
    pub const fn new(object: Box<T>) -> Self {
        Self(object)
    }
}

impl<T: Close + ?Sized> Deref for Closing<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Close + ?Sized> DerefMut for Closing<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Close + ?Sized> Drop for Closing<T> {
    fn drop(&mut self) {
        // What is done to close it may close other objects, in this thread too.
        let waits = replace_closing(None);
        let closed = contained(|| self.0.close());
        let closed = closed.map_err(|error| error.in_method(Side::Rust, T::METHOD));
        if waits.is_some() {
            replace_closing(Some(closed));
        } else if let Err(error) = closed {
            hook::tell(|| error.arrived());
        }
    }
}

thread_local! {
    /// Of the thread in which somebody closes an object: how that ended, once it was dropped there.
    static CLOSING: Cell<Option<Result<(), Error>>> = const { Cell::new(None) };
}

/// Whether somebody waits in this thread for an object to be closed, and what came of it; nobody does in a thread that ends.
fn replace_closing(by: Option<Result<(), Error>>) -> Option<Result<(), Error>> {
    CLOSING
        .try_with(|closing| closing.replace(by))
        .unwrap_or(None)
}

/// An object that is closed when its owner is dropped. Any thread may call it, with a reference to the owner.
pub struct Owned<T: Send + Sync + 'static> {
    table: &'static Handles<T>,
    handle: u64,
    /// Late calls do not get as far as the table: there they would keep what has taken the place for a moment.
    is_closed: AtomicBool,
}

impl<T: Send + Sync> std::fmt::Debug for Owned<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Owned").finish_non_exhaustive()
    }
}

impl<T: Send + Sync> Owned<T> {
    /// Owns an object, which lies in `table`.
    #[must_use]
    pub fn new(table: &'static Handles<T>, object: T) -> Self {
        Self {
            table,
            handle: table.insert(object),
            is_closed: AtomicBool::new(false),
        }
    }

    /// Calls a method of the object, which is named for people, as `serve` says. The object stays until that returns.
    ///
    /// # Errors
    /// Those of the method; `CANCELED` or `DEADLINE_EXCEEDED` when the context is done; `CLOSED`.
    #[inline]
    pub fn call<R, C: ErrorCode>(
        &self,
        method: &'static str,
        cx: &Cx,
        serve: impl FnOnce(&T) -> Result<R, Error<C>>,
    ) -> Result<R, Error<C>> {
        let answered = self
            .check(cx)
            .and_then(|()| serve(&*self.table.pin(self.handle)?));
        answered.map_err(|error| error.in_method(Side::Rust, method))
    }

    /// The error of a call that must not begin.
    fn check<C: ErrorCode>(&self, cx: &Cx) -> Result<(), Error<C>> {
        if self.is_closed.load(Ordering::Acquire) {
            return Err(self.table.closed());
        }
        cx.refuse_if_done()
    }

    /// Closes the object: it is dropped now, or when the last call on it ends.
    ///
    /// # Errors
    /// `CLOSED` when it was closed before. When it is dropped here, and not on another thread, the error of Go or of the
    /// mock, or `PANIC`; it is closed all the same.
    pub fn close(&self, method: &'static str) -> Result<(), Error> {
        let closed = if self.is_closed.swap(true, Ordering::AcqRel) {
            Err(self.table.closed())
        } else {
            let outer = replace_closing(Some(Ok(())));
            let closed = contained(|| self.table.close(self.handle));
            let answered = replace_closing(outer).unwrap_or(Ok(()));
            closed.and(answered)
        };
        closed.map_err(|error| error.in_method(Side::Rust, method))
    }
}

impl<T: Send> Owned<Exclusive<T>> {
    /// The same of an object that one thread uses at a time; others wait.
    ///
    /// # Errors
    /// As of [`Owned::call`]; `BUSY` when this thread uses the object already, `DEADLINE_EXCEEDED` or `CANCELED` when
    /// others do until the context is done.
    #[inline]
    pub fn call_alone<R, C: ErrorCode>(
        &self,
        method: &'static str,
        cx: &Cx,
        serve: impl FnOnce(&mut T) -> Result<R, Error<C>>,
    ) -> Result<R, Error<C>> {
        let answered = self
            .check(cx)
            .and_then(|()| serve(&mut *self.table.lock(self.handle, cx)?));
        answered.map_err(|error| error.in_method(Side::Rust, method))
    }
}

impl<T: Send + Sync> Drop for Owned<T> {
    fn drop(&mut self) {
        if !*self.is_closed.get_mut() {
            // Nobody waits for what comes of it.
            let outer = replace_closing(None);
            drop(contained::<_, NoCode>(|| self.table.close(self.handle)));
            replace_closing(outer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Call, STATUS_ERROR, STATUS_OK};
    use crate::code::RuntimeCode;
    use crate::exchange::{Invocation, make_room};
    use crate::record::ErrorRecord;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Barrier, Mutex, mpsc};
    use std::thread;
    use std::time::{Duration, SystemTime};

    /// The objects that were closed, in order.
    static CLOSED: Mutex<Vec<u64>> = Mutex::new(Vec::new());

    /// The number of the method that closes.
    const CLOSING_METHOD: u32 = 1;

    /// Stands for Go: method 0 answers with the number of the object; one above 100 fails to close.
    unsafe extern "C" fn call(call: *mut Invocation) -> u32 {
        // SAFETY: `exchange` lends it, and the struct of method 0 is a number.
        unsafe {
            let object = (*call).object;
            if (*call).method != CLOSING_METHOD {
                *(*call).response.cast::<u64>() = object;
                return STATUS_OK;
            }
            CLOSED.lock().expect("no panic").push(object);
            if object <= 100 {
                return STATUS_OK;
            }
            let bytes = crate::wire::encode(&ErrorRecord {
                message: "a foot is in it".to_owned(),
                ..Default::default()
            });
            make_room(call, bytes.len()).copy_from(bytes.as_ptr(), bytes.len());
            STATUS_ERROR
        }
    }

    unsafe extern "C" fn cancel(_: *mut Call) {}

    // SAFETY: the functions may be called at any time.
    static DOORS: GoObjects = unsafe { GoObjects::new("Door", call, cancel, CLOSING_METHOD) };
    impl Close for GoObject {
        const METHOD: &'static str = "Door.Close";

        fn close(&mut self) -> Result<(), Error> {
            GoObject::close(self)
        }
    }

    type Door = Closing<GoObject>;

    static TABLE: Handles<Door> = Handles::new("Door");
    static NARROW: Handles<Exclusive<Door>> = Handles::new("Door");
    static SLOW: Handles<Door> = Handles::new("Door").dropping_elsewhere();

    fn hung(object: u64) -> Door {
        Closing::new(Box::new(DOORS.adopt(object)))
    }

    fn knock(door: &Door) -> Result<u64, Error> {
        // SAFETY: the structs are those of `call`.
        unsafe { door.call(0, &Cx::background(), &(), |out: &u64, _| Ok(*out)) }
    }

    fn closes_of(object: u64) -> usize {
        let closed = CLOSED.lock().expect("no panic");
        closed.iter().filter(|it| **it == object).count()
    }

    fn refused<R>(called: Result<R, Error>) -> (Option<RuntimeCode>, String) {
        let error = called.map(drop).expect_err("refused");
        (error.runtime_code(), error.method().to_owned())
    }

    // Proves G10 and O3: an object is closed once, by whoever is first. Expected: it answers until then, and is CLOSED
    // after; a drop after close() closes nothing, and without it does.
    #[test]
    fn an_object_is_closed_once() {
        let cx = Cx::background();
        let door = Owned::new(&TABLE, hung(7));
        assert_eq!(door.call("Door.Knock", &cx, knock), Ok(7));
        assert_eq!(closes_of(7), 0);
        assert_eq!(door.close("Door.Close"), Ok(()));
        let closed = |method: &str| (Some(RuntimeCode::Closed), method.to_owned());
        assert_eq!(refused(door.close("Door.Close")), closed("Door.Close"));
        let late = door.call("Door.Knock", &cx, knock);
        assert_eq!(refused(late), closed("Door.Knock"));
        drop(door);
        drop(Owned::new(&TABLE, hung(8)));
        assert_eq!((closes_of(7), closes_of(8)), (1, 1));
    }

    // Rules G11 and O7: what Go answers is for whoever closes, and for nobody when it is dropped.
    #[test]
    fn what_go_says_of_a_close_is_for_who_closes() {
        let door = Owned::new(&TABLE, hung(101));
        let error = door.close("Door.Close").expect_err("as asked");
        assert_eq!(error.message(), "a foot is in it");
        assert_eq!(error.method(), "Door.Close");
        let later = door.close("Door.Close");
        assert_eq!(refused(later).0, Some(RuntimeCode::Closed));
        drop(Owned::new(&TABLE, hung(102)));
        assert_eq!((closes_of(101), closes_of(102)), (1, 1));
        assert_eq!(Owned::new(&TABLE, hung(9)).close(""), Ok(()));
    }

    // Rules G11 and O4: a call keeps its object, and the last one closes it.
    #[test]
    fn a_call_keeps_its_object() {
        let (door, inside, leave) = (
            Owned::new(&TABLE, hung(103)),
            Barrier::new(2),
            Barrier::new(2),
        );
        thread::scope(|scope| {
            let runs = scope.spawn(|| {
                door.call("Door.Knock", &Cx::background(), |it| {
                    inside.wait();
                    leave.wait();
                    knock(it)
                })
            });
            inside.wait();
            assert_eq!(door.close("Door.Close"), Ok(()), "the error comes later");
            assert_eq!(closes_of(103), 0);
            leave.wait();
            assert_eq!(runs.join().expect("no panic"), Ok(103));
        });
        assert_eq!(closes_of(103), 1);
    }

    // Rules O5b and O5c: one call at a time waits for its turn until its deadline, and is refused within itself.
    #[test]
    fn an_object_for_one_thread_at_a_time_is_busy() {
        let door = Owned::new(&NARROW, Exclusive::new(hung(10)));
        let cx = Cx::background();
        let inner = door.call_alone("Door.Knock", &cx, |_| {
            let soon = cx.clone();
            let soon = soon.with_deadline(SystemTime::now() + Duration::from_millis(10));
            let other = thread::scope(|scope| {
                let other = scope.spawn(|| door.call_alone("Door.Knock", &soon, |it| knock(it)));
                refused(other.join().expect("no panic"))
            });
            assert_eq!(other.0, Some(RuntimeCode::DeadlineExceeded));
            door.call_alone("Door.Look", &cx, |it| knock(it))
        });
        let error = inner.expect_err("busy");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::Busy));
        assert_eq!(door.call_alone("Door.Knock", &cx, |it| knock(it)), Ok(10));
    }

    // Rules G5 and O5b: a call that waits for its turn can be canceled, and does not begin then; others that wait do.
    #[test]
    fn a_call_that_waits_for_its_turn_can_be_canceled() {
        let door = Owned::new(&NARROW, Exclusive::new(hung(12)));
        let (canceled, canceler) = Cx::background().cancelable();
        let call = |cx: &Cx| door.call_alone("Door.Knock", cx, |it| knock(it));
        thread::scope(|scope| {
            let (waiting, gives_up, patient) = door
                .call_alone::<_, NoCode>("Door.Knock", &Cx::background(), |_| {
                    let waiting: Vec<_> = (0..3).map(|_| scope.spawn(|| call(&canceled))).collect();
                    let patient = scope.spawn(|| call(&Cx::background()));
                    thread::sleep(Duration::from_millis(20));
                    let early = waiting.iter().filter(|it| it.is_finished()).count();
                    assert_eq!(early, 0, "they wait");
                    canceler.cancel();
                    let gives_up = waiting.into_iter().map(|it| it.join().expect("no panic"));
                    Ok((3, gives_up.map(refused).collect::<Vec<_>>(), patient))
                })
                .expect("it is free");
            let expected = (Some(RuntimeCode::Canceled), "Door.Knock".to_owned());
            assert_eq!(gives_up, vec![expected; waiting]);
            assert_eq!(patient.join().expect("no panic"), Ok(12));
        });
    }

    // Rule O6
    #[test]
    fn an_object_that_takes_long_is_closed_elsewhere() {
        struct Telling(mpsc::Sender<thread::ThreadId>);
        impl Drop for Telling {
            fn drop(&mut self) {
                let _ = self.0.send(thread::current().id());
            }
        }
        static TELLING: Handles<(Door, Mutex<Telling>)> = Handles::new("Door").dropping_elsewhere();
        assert_eq!(Owned::new(&SLOW, hung(104)).close(""), Ok(()));
        let (send, receive) = mpsc::channel();
        let object = (hung(11), Mutex::new(Telling(send)));
        drop(Owned::new(&TELLING, object));
        let by = receive.recv_timeout(Duration::from_secs(5));
        assert_ne!(by, Ok(thread::current().id()));
        assert!(by.is_ok());
    }

    // Rules C2 and G7: a context that is done starts nothing; what panics in a drop is contained.
    #[test]
    fn a_done_context_reaches_no_object_and_a_panic_of_a_drop_is_contained() {
        static DROPS: AtomicU64 = AtomicU64::new(0);
        struct Panicking;
        impl Drop for Panicking {
            fn drop(&mut self) {
                DROPS.fetch_add(1, Ordering::SeqCst);
                panic!("on purpose");
            }
        }
        static TABLE: Handles<Panicking> = Handles::new("Door");
        let door = Owned::new(&TABLE, Panicking);
        let (canceled, canceler) = Cx::background().cancelable();
        canceler.cancel();
        let called = door.call::<(), NoCode>("Door.Knock", &canceled, |_| panic!("it runs"));
        assert_eq!(refused(called).0, Some(RuntimeCode::Canceled));
        let error = door.close("Door.Close").expect_err("a panic");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::Panic));
        assert_eq!(error.message(), "the mock panicked: on purpose");
        drop(Owned::new(&TABLE, Panicking));
        assert_eq!(DROPS.load(Ordering::SeqCst), 2);
    }
}
