//! Bytes that Go looks at without a copy.

use crate::buffer::Buffer;
use std::ops::{Deref, RangeBounds};
use std::sync::Arc;

/// Bytes that several owners share, on either side: what a response lends to Go. A clone, and a part, cost no copy. They
/// live until the last owner is gone; what Go holds is one, until it calls `Release`.
#[derive(Clone)]
pub struct Bytes {
    owner: Owner,
    start: usize,
    end: usize,
}

/// Nothing of this runs code of its own when it is dropped.
#[derive(Clone)]
enum Owner {
    Static(&'static [u8]),
    Slice(Arc<[u8]>),
    Vec(Arc<Vec<u8>>),
    String(Arc<String>),
    Buffer(Arc<Buffer>),
}

const _: () = {
    const fn shared_by_threads<T: Send + Sync>() {}
    shared_by_threads::<Bytes>();
};

impl Bytes {
    /// A part of the bytes, which shares them.
    ///
    /// # Panics
    /// When the range is not within the bytes, as slices do.
    #[must_use]
    pub fn slice(&self, range: impl RangeBounds<usize>) -> Self {
        self.part(&self[(range.start_bound().cloned(), range.end_bound().cloned())])
    }

    /// `part` lies within the bytes.
    pub(crate) fn part(&self, part: &[u8]) -> Self {
        let start = self.start + (part.as_ptr().addr() - self.as_ptr().addr());
        Self {
            owner: self.owner.clone(),
            start,
            end: start + part.len(),
        }
    }

    fn of(owner: Owner) -> Self {
        let mut bytes = Self {
            owner,
            start: 0,
            end: 0,
        };
        bytes.end = bytes.all().len();
        bytes
    }

    fn all(&self) -> &[u8] {
        match &self.owner {
            Owner::Static(bytes) => bytes,
            Owner::Slice(bytes) => bytes,
            Owner::Vec(bytes) => bytes,
            Owner::String(text) => text.as_bytes(),
            Owner::Buffer(bytes) => bytes,
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.all()[self.start..self.end]
    }
}

impl Default for Bytes {
    fn default() -> Self {
        Self::of(Owner::Static(&[]))
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Bytes {}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Bytes {
    /// Takes the bytes over, without a copy.
    fn from(bytes: Vec<u8>) -> Self {
        Self::of(Owner::Vec(Arc::new(bytes)))
    }
}

impl From<Arc<Vec<u8>>> for Bytes {
    fn from(bytes: Arc<Vec<u8>>) -> Self {
        Self::of(Owner::Vec(bytes))
    }
}

impl From<String> for Bytes {
    /// Takes the text over, without a copy.
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

impl From<Arc<String>> for Bytes {
    fn from(text: Arc<String>) -> Self {
        Self::of(Owner::String(text))
    }
}

impl From<Buffer> for Bytes {
    /// Takes the bytes over, without a copy.
    fn from(bytes: Buffer) -> Self {
        Self::from(Arc::new(bytes))
    }
}

impl From<Arc<Buffer>> for Bytes {
    fn from(bytes: Arc<Buffer>) -> Self {
        Self::of(Owner::Buffer(bytes))
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::of(Owner::Slice(bytes))
    }
}

impl From<&'static [u8]> for Bytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self::of(Owner::Static(bytes))
    }
}

/// Bytes of this side that Go sees: those of a response, which it looks at, or those of a buffer, which it fills. Go owns
/// them, or has a part in them, until it gives `owner` back. Mirrors `grout_view` of the C header; all zero where there are
/// no bytes.
#[repr(C)]
#[derive(Debug, Default)]
pub struct View {
    pub(crate) address: usize,
    pub(crate) len: usize,
    pub(crate) owner: usize,
}

impl View {
    /// Makes Go an owner of the bytes, until it calls [`free_view`]. Nothing that can fail may come after it: nobody else
    /// gives them back.
    pub fn of(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        if bytes.is_empty() {
            return Self::default();
        }
        let (address, len) = (bytes.as_ptr().expose_provenance(), bytes.len());
        let owner = Box::into_raw(Box::new(bytes)).expose_provenance();
        Self {
            address,
            len,
            owner,
        }
    }
}

/// Takes back what Go owns of a view. 0 is allowed.
///
/// # Safety
/// `owner` is that of [`View::of`], was not given back, and nobody looks at the bytes any more.
pub unsafe fn free_view(owner: usize) {
    if owner != 0 {
        // SAFETY: `View::of` exposed it, and it comes back once.
        drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Bytes>(owner)) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use std::ops::Bound;

    #[test]
    fn parts_share_the_bytes() {
        let whole = Arc::new(vec![1, 2, 3, 4, 5]);
        let bytes = Bytes::from(Arc::clone(&whole));
        let part = bytes.slice(1..=3).slice(1..);
        assert_eq!(*part, [3, 4]);
        assert!(std::ptr::eq(part.as_ptr(), &raw const whole[2]));
        assert_eq!(Arc::strong_count(&whole), 3);
        assert_eq!(bytes.slice(..).len(), 5);
    }

    #[test]
    #[should_panic(expected = "out of range")]
    fn a_part_is_within_its_whole() {
        let _ = Bytes::from(vec![1, 2, 3]).slice(1..3).slice(..3);
    }

    #[test]
    fn a_part_that_no_slice_has_is_none_either() {
        let bytes = Bytes::from(vec![1, 2, 3]);
        let text = Text::from("abc");
        for range in [
            (Bound::Unbounded, Bound::Included(usize::MAX)),
            (Bound::Excluded(usize::MAX), Bound::Unbounded),
            (Bound::Included(2), Bound::Excluded(1)),
        ] {
            for ends in [
                std::panic::catch_unwind(|| bytes.slice(range).len()),
                std::panic::catch_unwind(|| text.slice(range).len()),
            ] {
                let reason = ends.expect_err("there is no such part");
                let wraps = Some(&"attempt to add with overflow");
                assert_ne!(reason.downcast_ref::<&str>(), wraps, "in release builds");
            }
        }
    }

    #[test]
    fn equal_bytes_are_equal_whoever_owns_them() {
        let of: [Bytes; 4] = [
            vec![7].into(),
            Buffer::copy_of(&[7], 64).into(),
            Arc::<[u8]>::from([7]).into(),
            [7_u8].as_slice().to_vec().into(),
        ];
        assert!(of.iter().all(|bytes| *bytes == of[0]));
        assert_eq!(Bytes::default(), Bytes::from([].as_slice()));
    }

    #[test]
    fn a_view_owns_until_it_is_given_back() {
        let whole = Arc::new(vec![1, 2, 3]);
        let view = View::of(Bytes::from(Arc::clone(&whole)).slice(1..));
        assert_eq!(view.address, (&raw const whole[1]).addr());
        assert_eq!((view.len, Arc::strong_count(&whole)), (2, 2));
        // SAFETY: it comes from the view, once.
        unsafe { free_view(view.owner) };
        assert_eq!(Arc::strong_count(&whole), 1);
    }

    #[test]
    fn what_is_moved_is_not_copied() {
        let given = vec![1; 1000];
        let address = given.as_ptr().addr();
        let view = View::of(given);
        assert_eq!(view.address, address);
        // SAFETY: it comes from the view, once.
        unsafe { free_view(view.owner) };
    }

    #[test]
    fn aligned_bytes_are_shown_where_they_are() {
        let buffer = Buffer::zeroed(100, 4096);
        let address = buffer.as_ptr().addr();
        let view = View::of(buffer);
        assert_eq!((view.address, view.len), (address, 100));
        // SAFETY: it comes from the view, once.
        unsafe { free_view(view.owner) };
    }

    #[test]
    fn no_bytes_have_no_owner() {
        let view = View::of(Vec::new());
        assert_eq!((view.address, view.len, view.owner), (0, 0, 0));
        // SAFETY: 0 is allowed.
        unsafe { free_view(view.owner) };
    }
}
