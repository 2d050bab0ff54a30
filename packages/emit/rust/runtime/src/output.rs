//! Text and bytes of a response.

use crate::input::not_utf8;
use crate::pack::PackError;
use crate::unpack::Unpacker;
use std::mem::ManuallyDrop;

/// Bytes of a response that travel inside the result struct, on the stack of the caller.
pub const TAIL_LEN: usize = 192;

/// The texts and bytes of one response, one after the other: inline when they are short, otherwise in a spill that Rust
/// owns and the caller gives back with [`free_spill`] once it has copied them. Mirrors `grout_tail` of the C header.
#[repr(C)]
#[derive(Debug)]
pub struct Tail {
    spill: *mut u8,
    spill_len: usize,
    spill_cap: usize,
    inline: [u8; TAIL_LEN],
}

impl Tail {
    /// Lays out `parts`. Their lengths are in the result struct, which the caller of this writes.
    pub fn fill<const N: usize>(&mut self, parts: [Vec<u8>; N]) {
        let total: usize = parts.iter().map(Vec::len).sum();
        if total <= TAIL_LEN {
            self.fill_inline(&parts);
        } else {
            self.set_spill(join(parts, total));
        }
    }

    #[inline]
    fn fill_inline(&mut self, parts: &[Vec<u8>]) {
        let mut rest = self.inline.as_mut_slice();
        for part in parts {
            let (here, after) = rest.split_at_mut(part.len());
            here.copy_from_slice(part);
            rest = after;
        }
    }

    fn set_spill(&mut self, bytes: Vec<u8>) {
        let mut bytes = ManuallyDrop::new(bytes);
        self.spill = bytes.as_mut_ptr();
        self.spill_len = bytes.len();
        self.spill_cap = bytes.capacity();
    }
}

/// One buffer of `total` bytes: the first part that has any, which is often an arena, with the others behind it. It is
/// not copied, unless it has no room for them.
#[cold]
#[inline(never)]
fn join<const N: usize>(parts: [Vec<u8>; N], total: usize) -> Vec<u8> {
    let mut parts = parts.into_iter().skip_while(Vec::is_empty);
    let mut joined = parts.next().unwrap_or_default();
    joined.reserve_exact(total - joined.len());
    for part in parts {
        joined.extend_from_slice(&part);
    }
    joined
}

/// The texts and bytes of a response of Go, one after the other, where they are short; otherwise they are in the room that
/// Go asked for. Mirrors `InlineTail` of Go's runtime. This side owns it.
#[repr(C)]
#[derive(Debug)]
pub struct InlineTail([u8; TAIL_LEN]);

impl InlineTail {
    /// Begins to read; `room` is what Go asked for.
    #[must_use]
    pub fn read<'a>(&'a self, room: &'a [u8]) -> TailReader<'a> {
        TailReader {
            rest: if room.is_empty() { &self.0 } else { room },
        }
    }
}

impl Default for InlineTail {
    fn default() -> Self {
        Self([0; TAIL_LEN])
    }
}

/// Reads the tail of a response from its start, in the order of the lengths, none of which is believed.
#[derive(Debug)]
pub struct TailReader<'a> {
    rest: &'a [u8],
}

impl<'a> TailReader<'a> {
    /// Copies the next `len` bytes as a text. `field` is its path in the response, for the error.
    ///
    /// # Errors
    /// When there are not as many, or they are not UTF-8.
    pub fn text(&mut self, len: usize, field: &str) -> Result<String, PackError> {
        match std::str::from_utf8(self.take(len, field)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(PackError::new(not_utf8(&error)).within(field)),
        }
    }

    /// Copies the next `len` bytes. `field` is their path in the response, for the error.
    ///
    /// # Errors
    /// When there are not as many.
    pub fn bytes(&mut self, len: usize, field: &str) -> Result<Vec<u8>, PackError> {
        self.take(len, field).map(<[u8]>::to_vec)
    }

    /// Unpacks what the next `len` bytes are.
    ///
    /// # Errors
    /// When there are not as many.
    pub fn packed(&mut self, len: usize) -> Result<Unpacker<'a>, PackError> {
        self.take(len, "what is packed").map(Unpacker::of)
    }

    #[inline]
    fn take(&mut self, len: usize, field: &str) -> Result<&'a [u8], PackError> {
        let Some((taken, rest)) = self.rest.split_at_checked(len) else {
            return Err(missing(len, self.rest.len()).within(field));
        };
        self.rest = rest;
        Ok(taken)
    }
}

#[cold]
fn missing(len: usize, left: usize) -> PackError {
    PackError::new(format!("{len} bytes are needed, {left} are left"))
}

/// Takes a spill back and frees it. Null is allowed.
///
/// # Safety
/// `spill` and `cap` are those of a [`Tail`] that [`Tail::fill`] filled, and have not been freed.
pub unsafe fn free_spill(spill: *mut u8, cap: usize) {
    if !spill.is_null() {
        // SAFETY: `set_spill` took it from a `Vec<u8>` of that capacity; `u8` needs no drop, so its length may be 0.
        drop(unsafe { Vec::from_raw_parts(spill, 0, cap) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Tail {
        Tail {
            spill: std::ptr::null_mut(),
            spill_len: 0,
            spill_cap: 0,
            inline: [0; TAIL_LEN],
        }
    }

    /// Reads the whole tail as Go does: from the spill when there is one, then frees it.
    fn read(tail: &Tail, len: usize) -> (bool, Vec<u8>) {
        if tail.spill.is_null() {
            return (false, tail.inline[..len].to_vec());
        }
        assert_eq!(tail.spill_len, len);
        // SAFETY: `fill` set the spill; it is freed once, after the copy.
        unsafe {
            let copy = std::slice::from_raw_parts(tail.spill, tail.spill_len).to_vec();
            free_spill(tail.spill, tail.spill_cap);
            (true, copy)
        }
    }

    #[test]
    fn short_parts_lie_inline_one_after_the_other() {
        let mut tail = empty();
        tail.fill([b"ab".to_vec(), Vec::new(), b"cde".to_vec()]);
        assert_eq!(read(&tail, 5), (false, b"abcde".to_vec()));
    }

    #[test]
    fn what_just_fits_stays_inline() {
        let mut tail = empty();
        tail.fill([vec![1; TAIL_LEN - 1], vec![2]]);
        let (spilled, bytes) = read(&tail, TAIL_LEN);
        assert!(!spilled);
        assert_eq!(bytes[TAIL_LEN - 2..], [1, 2]);
    }

    #[test]
    fn a_single_long_part_spills_without_a_copy() {
        let long = vec![7; TAIL_LEN + 1];
        let address = long.as_ptr();
        let mut tail = empty();
        tail.fill([Vec::new(), long]);
        assert!(std::ptr::eq(tail.spill, address));
        assert_eq!(read(&tail, TAIL_LEN + 1), (true, vec![7; TAIL_LEN + 1]));
    }

    /// An arena comes first, and is long: what follows does not have it copied.
    #[test]
    fn what_follows_a_long_part_goes_where_that_has_room() {
        let mut long = Vec::with_capacity(TAIL_LEN + 3);
        long.resize(TAIL_LEN, 7);
        let address = long.as_ptr();
        let mut tail = empty();
        tail.fill([Vec::new(), long, b"ab".to_vec(), b"c".to_vec()]);
        assert!(std::ptr::eq(tail.spill, address));
        let want = [vec![7; TAIL_LEN], b"abc".to_vec()].concat();
        assert_eq!(read(&tail, TAIL_LEN + 3), (true, want));
    }

    #[test]
    fn several_long_parts_share_one_spill() {
        let mut tail = empty();
        tail.fill([vec![1; 100], vec![2; 100]]);
        assert_eq!(
            read(&tail, 200),
            (true, [vec![1; 100], vec![2; 100]].concat())
        );
    }

    #[test]
    fn null_may_be_freed() {
        // SAFETY: null is allowed.
        unsafe { free_spill(std::ptr::null_mut(), 0) };
    }
}
