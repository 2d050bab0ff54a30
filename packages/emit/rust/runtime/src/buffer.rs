//! Bytes with an owner and an alignment: what Go fills and gives away, and what a contract wants aligned.

use crate::align::aligned_none;
use crate::bytes::View;
use std::alloc::{Layout, alloc, alloc_zeroed, dealloc, handle_alloc_error, realloc};
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// Bytes that this side owns, at an address that is a multiple of their alignment. A `Vec<u8>` cannot promise one.
pub struct Buffer {
    start: NonNull<u8>,
    len: usize,
    /// What was allocated. Of size 0 there is nothing to free.
    layout: Layout,
}

// SAFETY: a buffer owns its bytes, as a `Vec<u8>` does.
unsafe impl Send for Buffer {}
// SAFETY: what is shared can only be read.
unsafe impl Sync for Buffer {}

impl Buffer {
    /// `len` bytes that are 0, at a multiple of `align`.
    ///
    /// # Panics
    /// When `align` is no power of two, or the bytes are more than an address space holds.
    #[must_use]
    pub fn zeroed(len: usize, align: usize) -> Self {
        let layout = layout_of(len, align);
        Self::allocated(layout, alloc_zeroed).unwrap_or_else(|| handle_alloc_error(layout))
    }

    /// A copy of `bytes` at a multiple of `align`.
    ///
    /// # Panics
    /// As [`Buffer::zeroed`].
    #[must_use]
    pub fn copy_of(bytes: &[u8], align: usize) -> Self {
        let layout = layout_of(bytes.len(), align);
        let copy = Self::allocated(layout, alloc).unwrap_or_else(|| handle_alloc_error(layout));
        // SAFETY: as many bytes as were allocated just now; nobody has seen them before they are written.
        unsafe {
            copy.start
                .copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len())
        };
        copy
    }

    /// `allocate` is one of the allocator's functions; `None` when memory is short.
    fn allocated(layout: Layout, allocate: unsafe fn(Layout) -> *mut u8) -> Option<Self> {
        let start = match layout.size() {
            0 => aligned_none(layout.align()),
            // SAFETY: the size is not 0.
            _ => NonNull::new(unsafe { allocate(layout) })?,
        };
        let len = layout.size();
        Some(Self { start, len, layout })
    }

    /// What the address is a multiple of by promise; it may be one of more by chance.
    #[must_use]
    pub fn align(&self) -> usize {
        self.layout.align()
    }

    /// How many bytes are held: more than there are once [`Buffer::truncate`], or Go, has cut some off.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.layout.size()
    }

    /// Frees what was cut off, where the allocator can. The bytes may move, to a multiple of the same alignment.
    pub fn shrink_to_fit(&mut self) {
        if self.len == self.capacity() {
            return;
        }
        let layout = layout_of(self.len, self.align());
        let start = if self.len == 0 {
            // SAFETY: more than 0 bytes are held, so they were allocated with this layout; they are freed once, here.
            unsafe { dealloc(self.start.as_ptr(), self.layout) };
            aligned_none(self.align())
        } else {
            // SAFETY: allocated with this layout, and the new size is not 0.
            let moved = unsafe { realloc(self.start.as_ptr(), self.layout, self.len) };
            let Some(start) = NonNull::new(moved) else {
                return;
            };
            start
        };
        (self.start, self.layout) = (start, layout);
    }

    /// Keeps the first `len` bytes, where they are; without effect where there are no more.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// The bytes as a `Vec`: themselves when their alignment is 1, otherwise a copy, as a `Vec<u8>` is freed as if it
    /// had no alignment.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        if self.align() > 1 {
            return self.to_vec();
        }
        let parts = ManuallyDrop::new(self);
        // SAFETY: allocated by this allocator with alignment 1, or not at all; all `len` bytes are initialised.
        unsafe { Vec::from_raw_parts(parts.start.as_ptr(), parts.len, parts.layout.size()) }
    }
}

fn layout_of(len: usize, align: usize) -> Layout {
    Layout::from_size_align(len, align)
        .unwrap_or_else(|_| panic!("there cannot be {len} bytes at a multiple of {align}"))
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if self.layout.size() > 0 {
            // SAFETY: allocated with this layout, and freed once.
            unsafe { dealloc(self.start.as_ptr(), self.layout) };
        }
    }
}

impl Deref for Buffer {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        // SAFETY: `len` initialised bytes that `self` owns.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl DerefMut for Buffer {
    #[inline]
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as `deref`, and nobody else has them.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl Clone for Buffer {
    fn clone(&self) -> Self {
        Self::copy_of(self, self.align())
    }
}

impl PartialEq for Buffer {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Buffer {}

impl std::fmt::Debug for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl From<Vec<u8>> for Buffer {
    /// Takes the bytes over, without a copy, with an alignment of 1.
    fn from(bytes: Vec<u8>) -> Self {
        let mut parts = ManuallyDrop::new(bytes);
        Self {
            // SAFETY: a `Vec` never points to null.
            start: unsafe { NonNull::new_unchecked(parts.as_mut_ptr()) },
            len: parts.len(),
            layout: layout_of(parts.capacity(), 1),
        }
    }
}

impl From<Buffer> for Vec<u8> {
    fn from(buffer: Buffer) -> Self {
        buffer.into_vec()
    }
}

/// Makes a buffer that Go fills. `memory` is all zero when there is none for it.
///
/// # Safety
/// `memory` can be written.
pub unsafe fn new_buffer(len: usize, align: usize, memory: *mut View) {
    let layout = Layout::from_size_align(len, align).ok();
    let made = layout.and_then(|layout| Buffer::allocated(layout, alloc_zeroed));
    let answer = made.map_or_else(View::default, |buffer| View {
        address: buffer.start.as_ptr().expose_provenance(),
        len,
        owner: Box::into_raw(Box::new(buffer)).expose_provenance(),
    });
    // SAFETY: the caller vouches for it.
    unsafe { memory.write(answer) };
}

/// The buffer that Go gives away, of which it keeps `len` bytes; 0 is one without bytes, which start at a multiple of
/// `align` nevertheless. Others start where [`new_buffer`] put them.
///
/// # Safety
/// `owner` is 0, or what [`new_buffer`] made; it comes once, and nobody of Go looks at the bytes any more.
#[must_use]
pub unsafe fn take_buffer(owner: usize, len: usize, align: usize) -> Buffer {
    if owner == 0 {
        return Buffer::zeroed(0, align);
    }
    // SAFETY: `new_buffer` exposed it, and it comes back once.
    let mut buffer =
        *unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Buffer>(owner)) };
    buffer.truncate(len);
    buffer
}

/// Frees a buffer that Go gives back. 0 is allowed.
///
/// # Safety
/// As [`take_buffer`].
pub unsafe fn free_buffer(owner: usize) {
    // SAFETY: the caller vouches for it.
    drop(unsafe { take_buffer(owner, 0, 1) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_lie_at_a_multiple_of_their_alignment() {
        for align in [1, 2, 64, 4096] {
            for len in [0, 1, 5000] {
                let mut buffer = Buffer::zeroed(len, align);
                assert!(buffer.as_ptr().addr().is_multiple_of(align));
                assert_eq!((buffer.align(), &*buffer), (align, &*vec![0; len]));
                buffer.fill(7);
                let copy = buffer.clone();
                assert!(copy.as_ptr().addr().is_multiple_of(align));
                assert_eq!(copy, buffer);
            }
        }
    }

    #[test]
    #[should_panic(expected = "there cannot be 1 bytes at a multiple of 3")]
    fn an_alignment_is_a_power_of_two() {
        let _ = Buffer::zeroed(1, 3);
    }

    #[test]
    fn a_vec_becomes_one_and_is_one_again_without_a_copy() {
        let mut whole = Vec::with_capacity(100);
        whole.extend([1, 2, 3]);
        let address = whole.as_ptr();
        let buffer = Buffer::from(whole);
        assert_eq!(*buffer, [1, 2, 3]);
        let vec = Vec::from(buffer);
        assert!(std::ptr::eq(vec.as_ptr(), address));
        assert_eq!((vec.len(), vec.capacity()), (3, 100));
        assert_eq!(Buffer::default().into_vec(), Vec::<u8>::new());
    }

    #[test]
    fn what_is_aligned_is_copied_to_a_vec() {
        let buffer = Buffer::copy_of(&[1, 2, 3], 64);
        let address = buffer.as_ptr();
        let vec = buffer.into_vec();
        assert_eq!(vec, [1, 2, 3]);
        assert!(!std::ptr::eq(vec.as_ptr(), address));
    }

    fn memory_for(len: usize, align: usize) -> View {
        let mut memory = View::default();
        // SAFETY: of this stack.
        unsafe { new_buffer(len, align, &raw mut memory) };
        memory
    }

    // Proves O21 of Rust, bytes that are given away. Expected: they start as 0, and are taken where they lie.
    #[test]
    fn what_go_fills_is_taken_where_it_lies() {
        let memory = memory_for(1000, 64);
        assert_eq!((memory.address % 64, memory.len), (0, 1000));
        let filled = std::ptr::with_exposed_provenance_mut::<u8>(memory.address);
        // SAFETY: a buffer of 1000 bytes, as long as nobody took it.
        unsafe {
            assert_eq!(*filled.add(999), 0);
            *filled.add(999) = 7;
        }
        // SAFETY: it is what was made, once.
        let buffer = unsafe { take_buffer(memory.owner, 1000, 64) };
        assert_eq!(buffer.as_ptr().addr(), memory.address);
        assert_eq!((buffer.len(), buffer[999]), (1000, 7));
    }

    // Proves O28 of Rust, a buffer that Go shortened. Expected: the bytes that it kept, where they lie, and no more.
    #[test]
    fn what_go_truncated_is_taken_where_it_lies() {
        for (align, kept) in [(64, 3), (1, 3), (1, 0), (64, 5000)] {
            let memory = memory_for(1000, align);
            // SAFETY: it is what was made, once.
            let mut buffer = unsafe { take_buffer(memory.owner, kept, align) };
            assert_eq!(buffer.as_ptr().addr(), memory.address);
            assert_eq!((buffer.len(), buffer.align()), (kept.min(1000), align));
            buffer.fill(7);
            assert_eq!(buffer.into_vec(), vec![7; kept.min(1000)]);
        }
    }

    // Proves O28 of what Go cut off. Expected: it is counted, and freed where the service wants it; the alignment stays.
    #[test]
    fn what_was_truncated_is_held_until_it_is_shrunk() {
        for (align, kept) in [(1, 3), (64, 3), (4096, 5000), (64, 0), (1, 10_000)] {
            let mut buffer = Buffer::zeroed(10_000, align);
            buffer.fill(7);
            buffer.truncate(kept);
            assert_eq!((buffer.len(), buffer.capacity()), (kept, 10_000));
            buffer.shrink_to_fit();
            assert_eq!((buffer.capacity(), buffer.align()), (kept, align));
            assert!(buffer.as_ptr().addr().is_multiple_of(align));
            assert_eq!(*buffer, vec![7; kept]);
            buffer.shrink_to_fit();
        }
    }

    #[test]
    fn a_buffer_that_is_not_used_is_given_back() {
        let memory = memory_for(8, 1);
        // SAFETY: it is what was made, once; and 0 is allowed.
        unsafe {
            free_buffer(memory.owner);
            free_buffer(0);
        }
    }

    // Proves L14 of Rust, no bytes at a multiple. Expected: what is nil in Go has an aligned address as well.
    #[test]
    fn no_buffer_is_no_bytes_at_a_multiple() {
        for align in [1, 64, 4096] {
            // SAFETY: 0 is allowed.
            let none = unsafe { take_buffer(0, 0, align) };
            assert_eq!((none.align(), none.len()), (align, 0));
            assert!(none.as_ptr().addr().is_multiple_of(align));
        }
    }

    #[test]
    fn an_empty_buffer_is_one() {
        let memory = memory_for(0, 64);
        assert_ne!(memory.owner, 0);
        // SAFETY: it is what was made, once.
        let buffer = unsafe { take_buffer(memory.owner, 0, 64) };
        assert_eq!((buffer.len(), buffer.as_ptr().addr() % 64), (0, 0));
    }

    #[test]
    fn no_memory_is_no_buffer() {
        let memory = memory_for(usize::MAX / 2, 64);
        assert_eq!((memory.address, memory.len, memory.owner), (0, 0, 0));
    }
}
