//! Calls the exported functions by their C declarations, as the Go side does, so that miri sees every pointer on the way.

use notes_rust as _;
use std::ffi::c_void;
use std::ptr;

/// `grout_call` of the C header.
#[repr(C)]
struct Call {
    size: u32,
    flags: u32,
    deadline_unix_ns: i64,
    cancel_token: u64,
    trace_id: [u64; 2],
    span_id: u64,
    trace_flags: u32,
    stream_credit: u32,
    error: *mut c_void,
}

impl Call {
    fn new() -> Self {
        Self {
            size: u32::try_from(size_of::<Self>()).expect("a small struct"),
            flags: 0,
            deadline_unix_ns: 0,
            cancel_token: 0,
            trace_id: [0, 0],
            span_id: 0,
            trace_flags: 0,
            stream_credit: 0,
            error: ptr::null_mut(),
        }
    }
}

/// The response of `Notes.Repeat` with its tail, as in the C header.
#[repr(C)]
struct RepeatOut {
    title_len: usize,
    body_len: usize,
    footer_len: usize,
    spill: *mut u8,
    spill_len: usize,
    spill_cap: usize,
    inline: [u8; 192],
}

unsafe extern "C" {
    fn notes_v1_repeat(
        call: *mut Call,
        title: *const u8,
        title_len: usize,
        body: *const u8,
        body_len: usize,
        footer: *const u8,
        footer_len: usize,
        times: u32,
        out: *mut RepeatOut,
    ) -> u32;
    fn notes_v1_grout_free_spill(spill: *mut u8, cap: usize);
    fn notes_v1_grout_view_error(error: *const c_void, view: *mut grout::ffi::ErrorView);
    fn notes_v1_grout_free_error(error: *mut c_void);
}

/// The status of a call, and what it wrote.
fn repeat(call: &mut Call, title: &[u8], body: &[u8], times: u32) -> (u32, RepeatOut) {
    let mut out = RepeatOut {
        title_len: 0,
        body_len: 0,
        footer_len: 0,
        spill: ptr::null_mut(),
        spill_len: 0,
        spill_cap: 0,
        inline: [0; 192],
    };
    // SAFETY: everything is lent for the call, and nobody else has `call` and `out`.
    let status = unsafe {
        notes_v1_repeat(
            call,
            title.as_ptr(),
            title.len(),
            body.as_ptr(),
            body.len(),
            ptr::null(),
            0,
            times,
            &raw mut out,
        )
    };
    (status, out)
}

// Proves L2 of what is short: texts and bytes lie behind each other in the struct of the response. Expected: the two parts,
// and nothing to free.
#[test]
fn a_short_response_lies_in_the_struct_of_the_caller() {
    let (status, out) = repeat(&mut Call::new(), b"ab", &[1, 2], 2);
    assert_eq!((status, out.title_len, out.body_len), (0, 4, 4));
    assert_eq!(&out.inline[..8], b"abab\x01\x02\x01\x02");
    assert!(out.spill.is_null());
}

// Proves L2 of what is long, which is Rust's until the caller gives it back. Expected: both parts in one spill, freed with the
// capacity that came with it; miri finds no leak, and no free of another size.
#[test]
fn a_long_response_is_lent_until_it_is_given_back() {
    let (status, out) = repeat(&mut Call::new(), "aß€".as_bytes(), &[7], 100);
    assert_eq!((status, out.title_len, out.body_len), (0, 600, 100));
    assert_eq!(out.spill_len, 700);
    // SAFETY: the response says so, and nobody has given it back.
    let spill = unsafe { std::slice::from_raw_parts(out.spill, out.spill_len) };
    assert_eq!(spill[..600], *"aß€".repeat(100).as_bytes());
    assert!(spill[600..].iter().all(|byte| *byte == 7));
    // SAFETY: both come from the response, once.
    unsafe { notes_v1_grout_free_spill(out.spill, out.spill_cap) };
}

// Proves E1 of a request that the contract does not allow. Expected: an error which the caller owns, with the words that Go
// decodes, and a struct of the response that nobody wrote.
#[test]
fn an_error_is_the_callers_to_free() {
    let mut call = Call::new();
    let (status, out) = repeat(&mut call, b"a\xff", &[], 1);
    assert_eq!((status, out.title_len), (1, 0));
    let mut view = grout::ffi::ErrorView {
        ptr: ptr::null(),
        len: 0,
    };
    // SAFETY: the error of a failed call that nobody has freed.
    unsafe { notes_v1_grout_view_error(call.error, &raw mut view) };
    // SAFETY: it is there until the error is freed.
    let encoded = unsafe { std::slice::from_raw_parts(view.ptr, view.len) };
    let says = String::from_utf8_lossy(encoded).into_owned();
    assert!(says.contains("title: not valid UTF-8 at byte 1"), "{says}");
    // SAFETY: once.
    unsafe { notes_v1_grout_free_error(call.error) };
}
