//! A C ABI as an experienced person writes one where nothing else counts: no guard, no frame, no typed errors.
//! What the callers must keep is in byhand.h.

use std::mem::ManuallyDrop;
use std::slice::from_raw_parts;

#[unsafe(no_mangle)]
pub extern "C" fn byhand_noop() {}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_sum(a: u64, b: u64, c: u64) -> u64 {
    work::sum(a, b, c)
}

#[repr(C)]
pub struct Note {
    id: u64,
    time: i64,
    score: f64,
}

/// Writes the name to `buffer` and returns its length; -1 for a name that is not UTF-8 or too long.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byhand_mark(
    note: &mut Note,
    name: *const u8,
    name_len: usize,
    buffer: *mut u8,
    capacity: usize,
) -> isize {
    let Ok(name) = std::str::from_utf8(unsafe { from_raw_parts(name, name_len) }) else {
        return -1;
    };
    let marked = work::marked(name);
    note.id += 1;
    note.time += 1;
    note.score *= 2.0;
    if marked.len() > capacity {
        return -1;
    }
    unsafe { buffer.copy_from_nonoverlapping(marked.as_ptr(), marked.len()) };
    marked.len() as isize
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn byhand_put_lent(data: *const u8, len: usize) -> u64 {
    work::trace(unsafe { from_raw_parts(data, len) })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn byhand_put_copied(data: *const u8, len: usize) -> u64 {
    let owned = unsafe { from_raw_parts(data, len) }.to_vec();
    work::trace(&owned)
}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_get_lent(len: usize) -> *const u8 {
    work::blob(len).as_ptr()
}

#[repr(C)]
pub struct Owned {
    address: *mut u8,
    len: usize,
    capacity: usize,
}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_get_owned(len: usize, owned: &mut Owned) {
    let mut bytes = ManuallyDrop::new(work::blob(len).to_vec());
    *owned = Owned {
        address: bytes.as_mut_ptr(),
        len: bytes.len(),
        capacity: bytes.capacity(),
    };
}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_scan(count: usize, owned: &mut Owned) {
    let mut bytes = Vec::with_capacity(32 * count);
    for (key, size) in work::entries(count) {
        bytes.extend_from_slice(&(key.len() as u32).to_le_bytes());
        bytes.extend_from_slice(key.as_bytes());
        bytes.extend_from_slice(&size.to_le_bytes());
    }
    let mut bytes = ManuallyDrop::new(bytes);
    *owned = Owned {
        address: bytes.as_mut_ptr(),
        len: bytes.len(),
        capacity: bytes.capacity(),
    };
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn byhand_free(owned: &Owned) {
    drop(unsafe { Vec::from_raw_parts(owned.address, owned.len, owned.capacity) });
}

pub struct Adder {
    start: u64,
}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_adder_open(start: u64) -> *mut Adder {
    Box::into_raw(Box::new(Adder { start }))
}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_adder_sum(adder: &Adder, a: u64, b: u64, c: u64) -> u64 {
    adder.start.wrapping_add(work::sum(a, b, c))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn byhand_adder_close(adder: *mut Adder) {
    drop(unsafe { Box::from_raw(adder) });
}

#[unsafe(no_mangle)]
pub extern "C" fn byhand_sum_back(
    function: extern "C" fn(u64, u64, u64) -> u64,
    times: u64,
) -> u64 {
    (0..times).fold(0, |sum, a| sum.wrapping_add(function(a, 2, 3)))
}

type MarkFn = extern "C" fn(&mut Note, *const u8, usize, *mut u8, usize) -> isize;

#[unsafe(no_mangle)]
pub extern "C" fn byhand_mark_back(function: MarkFn, times: u64) -> u64 {
    let mut total = 0;
    for id in 0..times {
        let mut note = Note {
            id,
            time: 8,
            score: 9.5,
        };
        let mut buffer = [0; 184];
        let name = work::NAME;
        let len = function(
            &mut note,
            name.as_ptr(),
            name.len(),
            buffer.as_mut_ptr(),
            buffer.len(),
        );
        let marked = buffer.get(..len as usize).map(std::str::from_utf8);
        let Some(Ok(marked)) = marked else {
            return 0;
        };
        total += note.id + work::trace(marked.to_owned().as_bytes());
    }
    total
}
