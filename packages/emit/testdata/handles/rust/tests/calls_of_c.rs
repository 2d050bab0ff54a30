//! Calls the exported functions of objects by their C declarations, as the Go side does, so that miri sees who frees them.

use docindex_rust as _;
use std::ffi::c_void;
use std::ptr;
use std::thread;

/// `grout_call` of the C header, of a call that has neither deadline nor trace.
#[repr(C)]
struct Call {
    size: u32,
    between: [u32; 13],
    error: *mut c_void,
}

impl Call {
    fn new() -> Self {
        Self {
            size: u32::try_from(size_of::<grout::ffi::Call>()).expect("a small struct"),
            between: [0; 13],
            error: ptr::null_mut(),
        }
    }
}

/// The response of a method that opens an object.
#[repr(C)]
struct OpenOut {
    object: u64,
}

unsafe extern "C" {
    fn docindex_v1_open(
        call: *mut Call,
        name: *const u8,
        name_len: usize,
        out: *mut OpenOut,
    ) -> u32;
    fn docindex_v1_put(
        call: *mut Call,
        object: u64,
        key: *const u8,
        key_len: usize,
        document: *const u8,
        document_len: usize,
        out: *mut u64,
    ) -> u32;
    fn docindex_v1_walk(call: *mut Call, object: u64, out: *mut OpenOut) -> u32;
    fn docindex_v1_grout_close_index(call: *mut Call, object: u64) -> u32;
    fn docindex_v1_grout_close_cursor(call: *mut Call, object: u64) -> u32;
    fn docindex_v1_grout_free_error(error: *mut c_void);
}

fn open(name: &str) -> u64 {
    let mut out = OpenOut { object: 0 };
    // SAFETY: everything is lent for the call.
    let status =
        unsafe { docindex_v1_open(&mut Call::new(), name.as_ptr(), name.len(), &raw mut out) };
    assert_eq!(status, 0);
    out.object
}

/// Whether the call succeeded; what its error owns is freed.
fn ended(status: u32, call: &Call) -> bool {
    // SAFETY: null, or the error of this call, once.
    unsafe { docindex_v1_grout_free_error(call.error) };
    status == 0
}

fn put(object: u64, key: &str) -> bool {
    let (mut call, mut size) = (Call::new(), 0);
    // SAFETY: everything is lent for the call.
    let status = unsafe {
        docindex_v1_put(
            &raw mut call,
            object,
            key.as_ptr(),
            key.len(),
            key.as_ptr(),
            key.len(),
            &raw mut size,
        )
    };
    ended(status, &call)
}

fn close(object: u64) -> bool {
    let mut call = Call::new();
    // SAFETY: lent for the call; a number that is none of an object is refused.
    let status = unsafe { docindex_v1_grout_close_index(&raw mut call, object) };
    ended(status, &call)
}

// Proves O2 of any number: a handle is believed only while its object is open. Expected: calls of a closed object
// and of numbers that nobody opened fail, also when the slot is used again; nothing is read that was freed.
#[test]
fn a_number_is_believed_while_its_object_is_open() {
    let first = open("first");
    assert!(put(first, "key"));
    assert!(close(first));
    assert!(!put(first, "key"));
    assert!(!close(first));
    let second = open("second");
    assert!(!put(first, "key") && put(second, "key"));
    for number in [0, 1, u64::MAX, second ^ (1 << 40)] {
        assert!(!put(number, "key"), "{number:#x}");
    }
    assert!(close(second));
}

// Proves O3 and O4 of calls that race a close. Expected: each finds the object whole, or closed, and it is dropped once.
#[test]
fn calls_race_a_close() {
    let (rounds, calls) = if cfg!(miri) { (3, 4) } else { (100, 1000) };
    for _ in 0..rounds {
        let object = open("raced");
        thread::scope(|scope| {
            for key in ["a", "b", "c"] {
                scope.spawn(move || {
                    let answered = (0..calls).take_while(|_| put(object, key)).count();
                    assert!(answered == calls || !put(object, key));
                });
            }
            assert!(close(object));
        });
    }
}

// Proves O1 of an object that another one opened. Expected: it is there when that is closed, and is closed by itself.
#[test]
#[cfg_attr(
    miri,
    ignore = "the thread that drops a cursor waits for another one to drop"
)]
fn an_object_outlives_the_one_that_opened_it() {
    let index = open("walked");
    assert!(put(index, "key"));
    let (mut call, mut out) = (Call::new(), OpenOut { object: 0 });
    // SAFETY: everything is lent for the call.
    let status = unsafe { docindex_v1_walk(&raw mut call, index, &raw mut out) };
    assert!(ended(status, &call));
    assert!(close(index));
    // SAFETY: lent for the call.
    let status = unsafe { docindex_v1_grout_close_cursor(&raw mut call, out.object) };
    assert!(ended(status, &call));
}
