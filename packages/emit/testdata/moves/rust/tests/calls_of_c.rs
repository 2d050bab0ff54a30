//! Calls the exported functions by their C declarations, as the Go side does, so that miri sees who owns which bytes.

use depot_rust as _;
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// `grout_view` of the C header.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct View {
    address: usize,
    len: usize,
    owner: usize,
}

impl View {
    fn start(self) -> *mut u8 {
        ptr::with_exposed_provenance_mut(self.address)
    }
}

/// The response of `Depot.Store` with its tail, as in the C header.
#[repr(C)]
struct StoreOut {
    body_address: u64,
    seal_address: u64,
    seen_len: usize,
    spill: *mut u8,
    spill_len: usize,
    spill_cap: usize,
    inline: [u8; 192],
}

/// The response of `Depot.Load`.
#[repr(C)]
#[derive(Default)]
struct LoadOut {
    body: View,
    page: View,
}

unsafe extern "C" {
    fn depot_v1_store(
        call: *mut Call,
        key: *const u8,
        key_len: usize,
        body: usize,
        body_len: usize,
        seal: usize,
        seal_len: usize,
        pack: *const u8,
        pack_len: usize,
        out: *mut StoreOut,
    ) -> u32;
    fn depot_v1_load(
        call: *mut Call,
        key: *const u8,
        key_len: usize,
        skip: u32,
        out: *mut LoadOut,
    ) -> u32;
    fn depot_v1_hand(
        call: *mut Call,
        callback: u64,
        body: usize,
        body_len: usize,
        out: *mut u8,
    ) -> u32;
    fn depot_v1_grout_bind_watcher(
        call: unsafe extern "C" fn(*mut c_void) -> u32,
        release: unsafe extern "C" fn(u64),
    );
    fn depot_v1_grout_new_buffer(len: usize, memory: *mut View);
    fn depot_v1_grout_free_buffer(owner: usize);
    fn depot_v1_grout_free_view(owner: usize);
    fn depot_v1_grout_free_spill(spill: *mut u8, cap: usize);
    fn depot_v1_grout_free_error(error: *mut c_void);
}

/// A buffer of 100 bytes, each of them `byte`.
fn buffer(byte: u8) -> View {
    let mut memory = View::default();
    // SAFETY: of this stack.
    unsafe { depot_v1_grout_new_buffer(100, &raw mut memory) };
    assert_eq!((memory.address % 64, memory.len), (0, 100));
    // SAFETY: 100 bytes that belong to whoever asked for them.
    unsafe { memory.start().write_bytes(byte, 100) };
    memory
}

/// Gives the buffer away; where it lies in Rust, or nothing when the call failed.
fn store(key: &str, body: View, kept: usize) -> Option<u64> {
    let mut call = Call::new();
    let mut out = StoreOut {
        body_address: 0,
        seal_address: 0,
        seen_len: 0,
        spill: ptr::null_mut(),
        spill_len: 0,
        spill_cap: 0,
        inline: [0; 192],
    };
    let no_labels = 0_u32.to_le_bytes();
    // SAFETY: everything but the buffer is lent for the call, and nobody looks at the buffer after it.
    let status = unsafe {
        depot_v1_store(
            &raw mut call,
            key.as_ptr(),
            key.len(),
            body.owner,
            kept,
            0,
            0,
            no_labels.as_ptr(),
            no_labels.len(),
            &raw mut out,
        )
    };
    // SAFETY: null, or of this call, once.
    unsafe { depot_v1_grout_free_spill(out.spill, out.spill_cap) };
    // SAFETY: null, or of this call, once.
    unsafe { depot_v1_grout_free_error(call.error) };
    (status == 0).then_some(out.body_address)
}

// Proves O21 and O16: bytes that are given away lie where they were, and a view shows them there. Expected: the same address in
// both directions; the bytes are there until the view is given back, also when what was stored has been replaced.
#[test]
fn bytes_move_in_and_are_viewed_where_they_lie() {
    let memory = buffer(7);
    assert_eq!(store("moved", memory, 100), Some(memory.address as u64));
    let (mut call, mut out, key) = (Call::new(), LoadOut::default(), b"moved");
    // SAFETY: everything is lent for the call.
    let status = unsafe { depot_v1_load(&raw mut call, key.as_ptr(), key.len(), 64, &raw mut out) };
    assert_eq!((status, out.body.len, out.page.len), (0, 36, 36));
    assert_eq!(out.body.address, memory.address + 64);
    assert_eq!(out.page.address % 4096, 0);
    assert!(store("moved", buffer(8), 3).is_some());
    for view in [out.body, out.page] {
        // SAFETY: a view that nobody has given back.
        let bytes = unsafe { std::slice::from_raw_parts(view.start(), view.len) };
        assert!(bytes.iter().all(|byte| *byte == 7));
        // SAFETY: once, and nobody looks at the bytes after it.
        unsafe { depot_v1_grout_free_view(view.owner) };
    }
}

// Proves O22 of Rust's part: a call takes its buffers however it ends. Expected: of an error, of a refused request and of a
// panic nothing is left; miri finds no leak.
#[test]
fn a_call_that_fails_takes_its_buffer() {
    for key in ["taken", "a key that is too long", "panic"] {
        assert_eq!(store(key, buffer(1), 100), None, "{key}");
    }
    // SAFETY: nobody has taken it.
    unsafe { depot_v1_grout_free_buffer(buffer(2).owner) };
}

static RELEASED: AtomicU64 = AtomicU64::new(0);

unsafe extern "C" fn answer(_: *mut c_void) -> u32 {
    0
}

unsafe extern "C" fn release(object: u64) {
    RELEASED.fetch_add(object, Ordering::Relaxed);
}

// Proves O1 of an object that Rust is given: it lets go of it once. Expected: released when the call has ended that took it.
#[test]
fn an_object_of_the_caller_is_released_once() {
    // SAFETY: both may be called at any time.
    unsafe { depot_v1_grout_bind_watcher(answer, release) };
    let (mut call, mut out, memory) = (Call::new(), 0, buffer(3));
    // SAFETY: everything but the buffer is lent for the call.
    let status = unsafe { depot_v1_hand(&raw mut call, 42, memory.owner, 8, &raw mut out) };
    // SAFETY: null, or of this call, once.
    unsafe { depot_v1_grout_free_error(call.error) };
    assert_eq!((status, RELEASED.load(Ordering::Relaxed)), (0, 42));
}
