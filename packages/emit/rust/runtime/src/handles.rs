//! Objects of this side that Go holds handles to.
//!
//! A handle is a number: which slot, and which of the objects that the slot has held. So a handle that was closed finds
//! nothing, whatever has taken its slot since. A call pins the object; closing forbids new pins, and whoever lets go of
//! the last one drops the object. No lock is taken but to find a free slot.

use crate::call::Call;
use crate::closer::close_elsewhere;
use crate::cx::Cx;
use crate::detail::Site;
use crate::error::{Error, ErrorCode, NoCode, RuntimeCode};
use crate::gate::Gate;
use crate::guard::unary;
use crate::panic::discard;
use std::any::Any;
use std::cell::UnsafeCell;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};

/// Slots of the first chunk; each further chunk has twice as many.
const FIRST_CHUNK: usize = 64;
/// Enough chunks for 2^32 slots.
const CHUNKS: usize = 27;

/// The slot's object may be pinned. Bits of [`Slot::state`], beside the generation above and the number of pins below.
const OPEN: u64 = 1 << 31;
/// The slot has an object.
const FULL: u64 = 1 << 30;
const PINS: u64 = FULL - 1;

struct Slot<T> {
    state: AtomicU64,
    object: UnsafeCell<MaybeUninit<T>>,
}

/// All objects of one kind that Go holds handles to.
pub struct Handles<T: 'static> {
    name: &'static str,
    drops_elsewhere: bool,
    chunks: [OnceLock<Box<[Slot<T>]>>; CHUNKS],
    free: Mutex<Free>,
}

#[derive(Default)]
struct Free {
    slots: Vec<u32>,
    next: u32,
}

// SAFETY: objects are handed from thread to thread (`Send`) and seen by several at once (`Sync`); the state of a slot
// says who may do what.
unsafe impl<T: Send + Sync> Sync for Handles<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Send for Handles<T> {}

impl<T> std::fmt::Debug for Handles<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handles")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<T: Send + Sync> Handles<T> {
    /// Handles to objects that the contract calls `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            drops_elsewhere: false,
            chunks: [const { OnceLock::new() }; CHUNKS],
            free: Mutex::new(Free {
                slots: Vec::new(),
                next: 0,
            }),
        }
    }

    /// The same, of objects that take long to drop: that is done on another thread.
    #[must_use]
    pub const fn dropping_elsewhere(mut self) -> Self {
        self.drops_elsewhere = true;
        self
    }

    /// Keeps the object until its handle is closed.
    ///
    /// # Panics
    /// When there are 2^32 objects.
    pub fn insert(&self, object: T) -> u64 {
        let index = self.take_free();
        let slot = self.make_slot(index);
        // SAFETY: the slot is free and `take_free` gives it to nobody else.
        unsafe { (*slot.object.get()).write(object) };
        // Neither bit is set in a free slot; others may come and go as pins meanwhile.
        let before = slot.state.fetch_add(OPEN | FULL, Ordering::Release);
        (before >> 32) << 32 | u64::from(index)
    }

    /// The object of a handle, which stays for as long as the pin.
    ///
    /// # Errors
    /// `CLOSED` when the handle was closed or never existed.
    #[inline]
    pub fn pin<C: ErrorCode>(&'static self, handle: u64) -> Result<Pin<T>, Error<C>> {
        let Some(slot) = self.slot_of(handle) else {
            return Err(self.closed());
        };
        let before = slot.state.fetch_add(1, Ordering::Acquire);
        let pin = Pin {
            table: self,
            slot,
            index: handle as u32,
        };
        if before >> 32 == handle >> 32 && before & OPEN != 0 {
            Ok(pin)
        } else {
            Err(self.closed())
        }
    }

    /// Closes a handle. The object is dropped now, or when the last call on it ends.
    ///
    /// # Errors
    /// `CLOSED` when it was closed before.
    ///
    /// # Panics
    /// When the drop does.
    pub fn close<C: ErrorCode>(&self, handle: u64) -> Result<(), Error<C>> {
        let Some(slot) = self.slot_of(handle) else {
            return Err(self.closed());
        };
        let closed = slot
            .state
            .try_update(Ordering::AcqRel, Ordering::Acquire, |state| {
                (state >> 32 == handle >> 32 && state & OPEN != 0).then_some(state & !OPEN)
            });
        if closed.is_err() {
            return Err(self.closed());
        }
        match self.drop_unless_pinned(slot, handle as u32, handle >> 32) {
            Ok(()) => Ok(()),
            Err(payload) => resume_unwind(payload),
        }
    }

    /// Number of objects that are kept. For tests and reports.
    #[must_use]
    pub fn len(&self) -> usize {
        let slots = self.chunks.iter().filter_map(OnceLock::get).flatten();
        slots
            .filter(|slot| slot.state.load(Ordering::Relaxed) & FULL != 0)
            .count()
    }

    /// Whether no object is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The error of a call that waited for its turn until its caller did not wait for it any more.
    #[cold]
    fn not_waited_for<C: ErrorCode>(&self, cx: &Cx) -> Error<C> {
        if let Err(canceled) = cx.refuse_if_canceled() {
            return canceled;
        }
        let message = format!(
            "other calls used this {} until the deadline of the call",
            self.name
        );
        Error::runtime(RuntimeCode::DeadlineExceeded, message)
    }

    #[cold]
    pub(crate) fn closed<C: ErrorCode>(&self) -> Error<C> {
        Error::runtime(RuntimeCode::Closed, format!("this {} is closed", self.name))
    }

    /// Drops the object of a closed handle and frees its slot, unless a call has it pinned.
    fn drop_unless_pinned(
        &self,
        slot: &Slot<T>,
        index: u32,
        generation: u64,
    ) -> Result<(), Box<dyn Any + Send>> {
        let closing = generation << 32 | FULL;
        let freed = (generation + 1) << 32;
        if slot
            .state
            .compare_exchange(closing, freed, Ordering::AcqRel, Ordering::Relaxed)
            .is_err()
        {
            return Ok(());
        }
        // SAFETY: only one thread gets from `closing` to `freed`, and nobody has the object pinned there.
        let object = unsafe { (*slot.object.get()).assume_init_read() };
        // A slot whose generations are used up is not used again.
        if generation + 1 < u64::from(u32::MAX) {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            free.slots.push(index);
        }
        self.drop_object(object)
    }

    fn drop_object(&self, object: T) -> Result<(), Box<dyn Any + Send>> {
        if self.drops_elsewhere {
            close_elsewhere(move || drop(object));
            return Ok(());
        }
        catch_unwind(AssertUnwindSafe(move || drop(object)))
    }

    fn take_free(&self) -> u32 {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = free.slots.pop() {
            return index;
        }
        let index = free.next;
        free.next = index.checked_add(1).expect("fewer than 2^32 objects");
        index
    }

    #[inline]
    fn slot_of(&self, handle: u64) -> Option<&Slot<T>> {
        let (chunk, at) = place_of(handle as u32);
        self.chunks[chunk].get()?.get(at)
    }

    fn make_slot(&self, index: u32) -> &Slot<T> {
        let (chunk, at) = place_of(index);
        let slots = self.chunks[chunk].get_or_init(|| {
            let slot = |_| Slot {
                state: AtomicU64::new(1 << 32),
                object: UnsafeCell::new(MaybeUninit::uninit()),
            };
            (0..FIRST_CHUNK << chunk).map(slot).collect()
        });
        &slots[at]
    }
}

/// Closes a handle for Go.
///
/// # Safety
/// As of [`unary`]: `call` is null, or a frame that is valid for its `size` and belongs to this call alone.
pub unsafe fn close<T: Send + Sync>(
    site: &'static Site,
    call: *mut Call,
    table: &Handles<T>,
    handle: u64,
) -> u32 {
    let mut nothing = ();
    let serve = |_: &Cx| table.close::<NoCode>(handle);
    // SAFETY: the caller vouches for `call`; nothing is written to `nothing`.
    unsafe { unary(site, call, &raw mut nothing, serve, |(), _| Ok(())) }
}

/// Chunk and place in it of a slot.
#[inline]
fn place_of(index: u32) -> (usize, usize) {
    let shifted = index as usize + FIRST_CHUNK;
    let chunk = (shifted / FIRST_CHUNK).ilog2() as usize;
    (chunk, shifted - (FIRST_CHUNK << chunk))
}

/// An object that cannot be dropped for as long as this lives.
pub struct Pin<T: Send + Sync + 'static> {
    table: &'static Handles<T>,
    slot: &'static Slot<T>,
    index: u32,
}

impl<T: Send + Sync> std::fmt::Debug for Pin<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pin").field(&self.table.name).finish()
    }
}

impl<T: Send + Sync> Deref for Pin<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: `pin` gives out only what was open; while it is pinned nobody drops it or writes to the slot.
        unsafe { (*self.slot.object.get()).assume_init_ref() }
    }
}

impl<T: Send + Sync> Drop for Pin<T> {
    #[inline]
    fn drop(&mut self) {
        let before = self.slot.state.fetch_sub(1, Ordering::Release);
        if before & (OPEN | FULL | PINS) == FULL | 1 {
            self.drop_last(before >> 32);
        }
    }
}

impl<T: Send + Sync> Pin<T> {
    /// This was the last pin of a closed object. A panic of the drop was reported by the panic hook; whose call this is
    /// has nothing to do with it.
    #[cold]
    fn drop_last(&self, generation: u64) {
        if let Err(payload) = self
            .table
            .drop_unless_pinned(self.slot, self.index, generation)
        {
            discard(payload);
        }
    }
}

/// An object that one thread uses at a time. Others wait, each no longer than its caller does.
#[derive(Debug)]
pub struct Exclusive<T> {
    object: Mutex<T>,
    /// Mark of the thread that uses it; 0 when none does.
    user: AtomicUsize,
    gate: Gate,
}

impl<T> Exclusive<T> {
    /// Guards an object.
    pub const fn new(object: T) -> Self {
        Self {
            object: Mutex::new(object),
            user: AtomicUsize::new(0),
            gate: Gate::new(),
        }
    }

    #[inline]
    fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.object.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// The object, once it is free; nothing when the caller stops waiting before.
    #[cold]
    fn wait(&self, cx: &Cx) -> Option<MutexGuard<'_, T>> {
        // SAFETY: the gate outlives the watch, which ends here.
        let _watch = (cx.cancellation()).map(|it| unsafe { it.watch_gate(&raw const self.gate) });
        let attempt = || {
            if cx.is_canceled() || cx.is_expired() {
                return Some(None);
            }
            self.try_lock().map(Some)
        };
        let found = self.gate.wait(attempt, || cx.remaining());
        if found.is_none() {
            // Whoever freed it may have woken this thread, and nobody else.
            self.gate.wake_one();
        }
        found
    }
}

/// A number that no other thread has meanwhile.
fn mark_of_thread() -> usize {
    thread_local!(static MARK: u8 = const { 0 });
    MARK.with(|mark| std::ptr::from_ref(mark).addr())
}

impl<T: Send> Handles<Exclusive<T>> {
    /// The object of a handle, for this call alone. A panic of an earlier call does not keep others from it.
    ///
    /// # Errors
    /// `CLOSED` as of [`Handles::pin`]; `BUSY` when this thread uses it already, that is when a callback calls the object
    /// that is calling back: it would wait for itself; `DEADLINE_EXCEEDED` when others use it until the deadline of the call;
    /// `CANCELED` when the call is canceled before.
    pub fn lock<C: ErrorCode>(&'static self, handle: u64, cx: &Cx) -> Result<Locked<T>, Error<C>> {
        let pin = self.pin(handle)?;
        let mark = mark_of_thread();
        if pin.user.load(Ordering::Relaxed) == mark {
            let message = format!("this {} is in use by the call that calls back", self.name);
            return Err(Error::runtime(RuntimeCode::Busy, message));
        }
        // SAFETY: `pin` keeps the object in its place for longer than the guard: `Locked` drops the guard first.
        let exclusive: &'static Exclusive<T> =
            unsafe { &*std::ptr::from_ref::<Exclusive<T>>(&pin) };
        let guard = match exclusive.try_lock() {
            Some(guard) => guard,
            None => (exclusive.wait(cx)).ok_or_else(|| self.not_waited_for(cx))?,
        };
        exclusive.user.store(mark, Ordering::Relaxed);
        Ok(Locked {
            guard: Marked {
                guard: ManuallyDrop::new(guard),
                exclusive,
            },
            _pin: pin,
        })
    }
}

/// The guard, with the mark that goes before it does, and those who wait for it to go.
struct Marked<T: 'static> {
    guard: ManuallyDrop<MutexGuard<'static, T>>,
    exclusive: &'static Exclusive<T>,
}

impl<T> Drop for Marked<T> {
    #[inline]
    fn drop(&mut self) {
        self.exclusive.user.store(0, Ordering::Relaxed);
        // SAFETY: nobody uses the guard after this.
        unsafe { ManuallyDrop::drop(&mut self.guard) };
        self.exclusive.gate.wake_one();
    }
}

/// An object that belongs to one call for as long as this lives.
pub struct Locked<T: Send + 'static> {
    guard: Marked<T>,
    _pin: Pin<Exclusive<T>>,
}

impl<T: Send> std::fmt::Debug for Locked<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Locked")
    }
}

impl<T: Send> Deref for Locked<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.guard.guard
    }
}

impl<T: Send> DerefMut for Locked<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard.guard
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::keep::keep;
    use std::sync::{Arc, Barrier, mpsc};
    use std::thread;
    use std::time::{Duration, SystemTime};

    /// Counts how often it is dropped.
    struct Counted(Arc<AtomicUsize>, u64);

    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn table<T: Send + Sync + 'static>() -> &'static Handles<T> {
        keep(Handles::new("Thing"))
    }

    fn is_closed<T>(result: Result<T, Error<NoCode>>) -> bool {
        result.err().and_then(|error| error.runtime_code()) == Some(RuntimeCode::Closed)
    }

    #[test]
    fn an_object_stays_until_it_is_closed() {
        let (things, drops) = (table(), Arc::new(AtomicUsize::new(0)));
        let handle = things.insert(Counted(drops.clone(), 7));
        assert_eq!(things.pin::<NoCode>(handle).map(|thing| thing.1), Ok(7));
        assert_eq!((things.len(), drops.load(Ordering::SeqCst)), (1, 0));
        assert_eq!(things.close::<NoCode>(handle), Ok(()));
        assert_eq!((things.len(), drops.load(Ordering::SeqCst)), (0, 1));
    }

    #[test]
    fn a_closed_handle_finds_nothing_even_when_its_slot_is_used_again() {
        let things = table();
        let first = things.insert(1);
        assert_eq!(things.close::<NoCode>(first), Ok(()));
        let second = things.insert(2);
        assert_eq!(first as u32, second as u32);
        assert!(is_closed(things.pin(first)) && is_closed(things.close(first)));
        assert_eq!(things.pin::<NoCode>(second).map(|thing| *thing), Ok(2));
        for handle in [0, 1, u64::MAX, 12_345, first | 99] {
            assert!(
                is_closed(things.pin(handle)) && is_closed(things.close(handle)),
                "{handle}"
            );
        }
    }

    #[test]
    fn a_call_keeps_the_object_that_is_closed_meanwhile() {
        let (things, drops) = (table(), Arc::new(AtomicUsize::new(0)));
        let handle = things.insert(Counted(drops.clone(), 7));
        let pin = things.pin::<NoCode>(handle).expect("open");
        assert_eq!(things.close::<NoCode>(handle), Ok(()));
        assert!(is_closed(things.pin(handle)));
        assert_eq!((pin.1, drops.load(Ordering::SeqCst)), (7, 0));
        drop(pin);
        assert_eq!((things.len(), drops.load(Ordering::SeqCst)), (0, 1));
    }

    #[test]
    fn many_objects_have_handles_of_their_own() {
        let things = table();
        let count = if cfg!(miri) { 100 } else { 1_000_u64 };
        let handles: Vec<u64> = (0..count).map(|at| things.insert(at)).collect();
        for (at, handle) in handles.iter().enumerate() {
            assert_eq!(
                things.pin::<NoCode>(*handle).map(|thing| *thing),
                Ok(at as u64)
            );
        }
        assert_eq!(things.len() as u64, count);
    }

    #[test]
    fn every_object_is_dropped_once_however_threads_race() {
        let (things, drops) = (table(), Arc::new(AtomicUsize::new(0)));
        let rounds = if cfg!(miri) { 5 } else { 2_000 };
        for round in 0..rounds {
            let handle = things.insert(Counted(drops.clone(), round));
            let closed = AtomicUsize::new(0);
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        if let Ok(thing) = things.pin::<NoCode>(handle) {
                            assert_eq!(thing.1, round);
                        }
                        if things.close::<NoCode>(handle).is_ok() {
                            closed.fetch_add(1, Ordering::SeqCst);
                        }
                    });
                }
            });
            assert_eq!(closed.load(Ordering::SeqCst), 1);
        }
        assert_eq!(
            (things.len(), drops.load(Ordering::SeqCst)),
            (0, rounds as usize)
        );
    }

    struct Explosive;

    impl Drop for Explosive {
        fn drop(&mut self) {
            panic!("in the drop");
        }
    }

    // Proves O7, a panic in a drop is contained. Expected: the handle is closed all the same.
    #[test]
    fn a_panic_in_a_drop_is_contained() {
        let things = table();
        let handle = things.insert(Explosive);
        let close = AssertUnwindSafe(|| things.close::<NoCode>(handle));
        assert!(catch_unwind(close).is_err());
        assert!(is_closed(things.close(handle)));
        let handle = things.insert(Explosive);
        let pin = things.pin::<NoCode>(handle).expect("open");
        assert_eq!(things.close::<NoCode>(handle), Ok(()));
        drop(pin);
        assert!(things.is_empty());
    }

    /// Says on which thread it is dropped.
    struct Placed(mpsc::Sender<thread::Thread>);

    impl Drop for Placed {
        fn drop(&mut self) {
            self.0.send(thread::current()).expect("a receiver");
        }
    }

    // Rule T4
    #[test]
    fn an_object_is_dropped_on_the_thread_of_its_last_user() {
        let (sender, dropped) = mpsc::channel();
        let things = table();
        let handle = things.insert(Placed(sender.clone()));
        assert_eq!(things.close::<NoCode>(handle), Ok(()));
        assert_eq!(dropped.recv().map(|on| on.id()), Ok(thread::current().id()));

        let handle = things.insert(Placed(sender));
        let (started, call_runs) = mpsc::channel();
        let (finish, may_end) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let call = scope.spawn(move || {
                let _pin = things.pin::<NoCode>(handle).expect("open");
                started.send(()).expect("a receiver");
                may_end.recv().expect("a sender");
            });
            call_runs.recv().expect("a call");
            assert_eq!(things.close::<NoCode>(handle), Ok(()));
            finish.send(()).expect("a call");
            assert_eq!(dropped.recv().map(|on| on.id()), Ok(call.thread().id()));
        });
    }

    // Rule T4
    #[test]
    fn what_takes_long_to_drop_is_dropped_on_another_thread() {
        let (sender, dropped) = mpsc::channel();
        let things = keep(Handles::new("Thing").dropping_elsewhere());
        let handle = things.insert(Exclusive::new(Placed(sender)));
        assert_eq!(things.close::<NoCode>(handle), Ok(()));
        let on = dropped.recv().expect("a thread");
        assert_eq!(on.name(), Some("grout closer"));
    }

    // Proves O5a, any number of calls are on an object at once. Expected: each waits inside for all others to be there.
    #[test]
    fn an_object_for_any_thread_is_used_by_all_at_once() {
        let things = table();
        let handle = things.insert(Barrier::new(4));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| things.pin::<NoCode>(handle).expect("open").wait());
            }
        });
    }

    #[test]
    fn an_exclusive_object_is_used_by_one_thread_at_a_time() {
        let things = table();
        let handle = things.insert(Exclusive::new(0_u64));
        let turns = if cfg!(miri) { 10 } else { 100 };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..turns {
                        let mut thing = things
                            .lock::<NoCode>(handle, &Cx::background())
                            .expect("open");
                        let before = *thing;
                        thread::yield_now();
                        *thing = before + 1;
                    }
                });
            }
        });
        assert_eq!(
            things
                .lock::<NoCode>(handle, &Cx::background())
                .map(|thing| *thing),
            Ok(4 * turns)
        );
    }

    // Rule O5b
    #[test]
    fn who_waits_for_an_exclusive_object_does_so_until_the_deadline() {
        let things = table();
        let [one, other] = [1, 2].map(|at| things.insert(Exclusive::new(at)));
        let soon = || {
            let deadline = SystemTime::now() + Duration::from_millis(50);
            Cx::background().with_deadline(deadline)
        };
        // Each has what the other one waits for.
        let both = Barrier::new(2);
        let take = |first, second| {
            let _held = things.lock::<NoCode>(first, &soon()).expect("free");
            both.wait();
            let error = things.lock::<NoCode>(second, &soon()).err();
            both.wait();
            error.and_then(|error| error.runtime_code())
        };
        let [here, there] = thread::scope(|scope| {
            let there = scope.spawn(|| take(other, one));
            [take(one, other), there.join().expect("no panic")]
        });
        assert_eq!([here, there], [Some(RuntimeCode::DeadlineExceeded); 2]);
        assert_eq!(things.lock::<NoCode>(one, &soon()).map(|it| *it), Ok(1));
        assert_eq!(things.lock::<NoCode>(other, &soon()).map(|it| *it), Ok(2));
    }

    // Rule O5b
    #[test]
    fn nobody_who_waits_is_forgotten() {
        let things = table();
        let handle = things.insert(Exclusive::new(0_u64));
        let turns = if cfg!(miri) { 20 } else { 2_000 };
        thread::scope(|scope| {
            for caller in 0..8_u64 {
                scope.spawn(move || {
                    for turn in 0..turns {
                        let brief = Duration::from_micros(20 * (turn % 5));
                        let cx = match caller % 2 {
                            0 => Cx::background(),
                            _ => Cx::background().with_deadline(SystemTime::now() + brief),
                        };
                        match things.lock::<NoCode>(handle, &cx) {
                            Ok(mut thing) => *thing += 1,
                            Err(error) => assert_eq!(caller % 2, 1, "{error}"),
                        }
                    }
                });
            }
        });
        let counted = things.lock::<NoCode>(handle, &Cx::background());
        assert!(counted.is_ok_and(|thing| *thing >= 4 * turns));
    }

    #[test]
    fn an_exclusive_object_that_calls_itself_is_refused_and_free_again_after_a_panic() {
        let things = table();
        let handle = things.insert(Exclusive::new(1));
        let held = things
            .lock::<NoCode>(handle, &Cx::background())
            .expect("open");
        let error = things
            .lock::<NoCode>(handle, &Cx::background())
            .err()
            .and_then(|error| error.runtime_code());
        assert_eq!(error, Some(RuntimeCode::Busy));
        drop(held);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _held = things
                .lock::<NoCode>(handle, &Cx::background())
                .expect("open");
            panic!("while it is held");
        }));
        assert!(panicked.is_err());
        assert_eq!(
            things
                .lock::<NoCode>(handle, &Cx::background())
                .map(|thing| *thing),
            Ok(1)
        );
    }
}
