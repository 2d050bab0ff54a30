//! Lists that are written where they cross.

use crate::pack::{Length, Pack, PackError, Packer};
use crate::time::SignedDuration;
use crate::unpack::{Unpack, Unpacker};
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::time::SystemTime;

/// A list of a response that is written, item after item, into the one run of bytes in which it crosses: nothing is
/// allocated for an item, and what an item borrows is needed only until it is pushed. Go gets the items in one piece of
/// memory of its own.
///
/// An item that the contract does not allow, say one with a text that is too long, ends the list: the call fails with
/// `INVALID_RESPONSE`, which names the item and its field.
pub struct Arena<T> {
    packer: Packer,
    len: usize,
    failure: Option<PackError>,
    items: PhantomData<fn(T)>,
}

/// What an [`Arena`] can hold.
pub trait InArena {
    /// An item as it is pushed and read: what the type owns, it borrows where it can.
    type Item<'a>: Pack + Unpack<'a>;
}

/// Room for the number of items, which comes before them (rule L4).
const COUNT: usize = size_of::<u32>();

impl<T: InArena> Arena<T> {
    /// An empty list with room for so many bytes of items.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        let mut arena = Self::default();
        arena.packer.reserve(COUNT + bytes);
        arena
    }

    /// Appends an item.
    pub fn push(&mut self, item: T::Item<'_>) {
        if self.failure.is_some() {
            return;
        }
        if self.packer.bytes().is_empty() {
            self.packer.put(&[0; COUNT]);
        }
        match item.pack(&mut self.packer) {
            Ok(()) => self.len += 1,
            Err(error) => self.failure = Some(error.within_item(self.len)),
        }
    }

    /// The items, read from where they lie, up to one that the contract does not allow.
    #[must_use]
    pub fn iter(&self) -> ArenaIter<'_, T> {
        ArenaIter {
            unpacker: Unpacker::of(self.packed_items()),
            left: self.len,
            items: PhantomData,
        }
    }
}

impl<T> Arena<T> {
    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn packed_items(&self) -> &[u8] {
        self.packer.bytes().get(COUNT..).unwrap_or_default()
    }

    /// The list, packed.
    pub(crate) fn into_packed(self) -> Result<Vec<u8>, PackError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let count = count_of(self.len)?;
        let mut bytes = self.packer.into_bytes();
        match bytes.first_chunk_mut() {
            Some(place) => *place = count,
            None => bytes.extend(count),
        }
        Ok(bytes)
    }
}

fn count_of(len: usize) -> Result<[u8; COUNT], PackError> {
    let count = u32::try_from(len).map_err(|_| crate::pack::too_long(len, u32::MAX as usize))?;
    Ok(count.to_le_bytes())
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self {
            packer: Packer::default(),
            len: 0,
            failure: None,
            items: PhantomData,
        }
    }
}

impl<T> Clone for Arena<T> {
    fn clone(&self) -> Self {
        Self {
            packer: self.packer.clone(),
            len: self.len,
            failure: self.failure.clone(),
            items: PhantomData,
        }
    }
}

impl<T> PartialEq for Arena<T> {
    /// Whether the bytes are equal, so that a number that is NaN equals itself.
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len
            && self.failure == other.failure
            && self.packed_items() == other.packed_items()
    }
}

impl<T> fmt::Debug for Arena<T> {
    /// How much there is, and none of it: the contract may call parts of it redacted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena")
            .field("len", &self.len)
            .field("bytes", &self.packed_items().len())
            .finish_non_exhaustive()
    }
}

impl<'a, T: InArena> Extend<T::Item<'a>> for Arena<T> {
    fn extend<I: IntoIterator<Item = T::Item<'a>>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<'a, T: InArena> FromIterator<T::Item<'a>> for Arena<T> {
    fn from_iter<I: IntoIterator<Item = T::Item<'a>>>(items: I) -> Self {
        let mut arena = Self::default();
        arena.extend(items);
        arena
    }
}

impl<'a, T: InArena> IntoIterator for &'a Arena<T> {
    type Item = T::Item<'a>;
    type IntoIter = ArenaIter<'a, T>;

    fn into_iter(self) -> ArenaIter<'a, T> {
        self.iter()
    }
}

/// The items of an [`Arena`].
pub struct ArenaIter<'a, T> {
    unpacker: Unpacker<'a>,
    left: usize,
    items: PhantomData<fn(T)>,
}

impl<'a, T: InArena> Iterator for ArenaIter<'a, T> {
    type Item = T::Item<'a>;

    fn next(&mut self) -> Option<T::Item<'a>> {
        self.left = self.left.checked_sub(1)?;
        Some(T::Item::unpack(&mut self.unpacker).expect("bytes that an item was packed to"))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T> fmt::Debug for ArenaIter<'_, T> {
    /// How many items are left, and none of them: the contract may call parts of them redacted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArenaIter")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

impl<T: InArena> ExactSizeIterator for ArenaIter<'_, T> {}
impl<T: InArena> FusedIterator for ArenaIter<'_, T> {}

impl<T> Length for Arena<T> {
    fn length(&self) -> usize {
        self.len
    }
}

impl<T> Pack for Arena<T> {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        packer.put(&count_of(self.len)?);
        packer.put(self.packed_items());
        Ok(())
    }
}

impl<'a, T: InArena> Unpack<'a> for Arena<T> {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        let mut arena = Self::default();
        for at in 0..unpacker.count()? {
            arena.push(T::Item::unpack(unpacker).map_err(|error| error.within_item(at))?);
        }
        Ok(arena)
    }
}

macro_rules! as_they_are {
    ($($plain:ty),*) => {$(
        impl InArena for $plain {
            type Item<'a> = Self;
        }
    )*};
}

as_they_are!(
    bool,
    i32,
    i64,
    u32,
    u64,
    f32,
    f64,
    SystemTime,
    SignedDuration
);

impl InArena for String {
    type Item<'a> = &'a str;
}

impl InArena for Vec<u8> {
    type Item<'a> = &'a [u8];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::check_len;

    /// A message with a text of three bytes at most.
    #[derive(Debug, PartialEq)]
    struct Entry<'a> {
        key: &'a str,
        size: u64,
    }

    impl Pack for Entry<'_> {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            packer.limited("key", &self.key, 3)?;
            packer.field("size", &self.size)
        }
    }

    impl<'a> Unpack<'a> for Entry<'a> {
        fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
            Ok(Self {
                key: unpacker.limited("key", 3)?,
                size: unpacker.field("size")?,
            })
        }
    }

    impl InArena for Entry<'static> {
        type Item<'a> = Entry<'a>;
    }

    fn packed<T: Pack>(value: &T) -> Vec<u8> {
        let mut packer = Packer::default();
        value.pack(&mut packer).expect("a value that can be packed");
        packer.into_bytes()
    }

    fn two() -> Arena<Entry<'static>> {
        let mut arena = Arena::with_capacity(64);
        for size in [1, 2] {
            let key = format!("k{size}");
            arena.push(Entry { key: &key, size });
        }
        arena
    }

    /// O25: the items lie as those of any list (L4), whoever packs them.
    #[test]
    fn an_arena_is_packed_as_a_list_is() {
        let list = vec![Entry { key: "k1", size: 1 }, Entry { key: "k2", size: 2 }];
        assert_eq!(packed(&two()), packed(&list));
        assert_eq!(two().into_packed(), Ok(packed(&list)));
        let none = Arena::<Entry<'static>>::default();
        assert_eq!(packed(&none), packed(&Vec::<u32>::new()));
        assert_eq!(none.into_packed(), Ok(vec![0; 4]));
    }

    /// O25: what is pushed is packed, so that what it borrows may go.
    #[test]
    fn items_are_read_where_they_lie() {
        let arena = two();
        assert_eq!((arena.len(), arena.is_empty()), (2, false));
        assert_eq!(arena.iter().len(), 2);
        let keys: Vec<&str> = arena.iter().map(|entry| entry.key).collect();
        assert_eq!(keys, ["k1", "k2"]);
        let sum: u64 = (&arena).into_iter().map(|entry| entry.size).sum();
        assert_eq!(sum, 3);
        let texts: Arena<String> = ["a", "", "ü"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["a", "", "ü"]);
        let mut blobs = Arena::<Vec<u8>>::default();
        blobs.extend([[1, 2].as_slice(), &[]]);
        assert_eq!(blobs.iter().collect::<Vec<_>>(), [[1, 2].as_slice(), &[]]);
    }

    /// O25: the first item that breaks the contract is the reason, with its place.
    #[test]
    fn an_item_that_the_contract_does_not_allow_ends_the_list() {
        let mut arena = two();
        let (key, size) = ("much too long", 3);
        arena.push(Entry { key, size });
        arena.push(Entry { key: "k4", size: 4 });
        assert_eq!(arena.iter().map(|entry| entry.size).sum::<u64>(), 3);
        let want = "entries[2].key: its length is 13, the contract allows 3 at most";
        let mut packer = Packer::default();
        let error = packer
            .field("entries", &arena)
            .expect_err("an item too long");
        assert_eq!(error.to_string(), want);
        let error = packer
            .arena("entries", arena)
            .expect_err("an item too long");
        assert_eq!(error.to_string(), want);
        assert!(check_len(two().length(), 1, "entries").is_err());
    }

    /// O25: the bytes are handed over; behind others they are copied.
    #[test]
    fn a_packer_takes_the_bytes_over() {
        let arena = two();
        let address = arena.packer.bytes().as_ptr();
        let mut packer = Packer::default();
        packer.arena("entries", arena).expect("a list");
        assert!(std::ptr::eq(address, packer.bytes().as_ptr()));
        packer.arena("more", two()).expect("a list");
        assert_eq!(packer.into_bytes(), packed(&two()).repeat(2));
    }

    /// L6: what is not a list of such items is refused.
    #[test]
    fn unpacking_refuses_what_a_list_does() {
        let bytes = packed(&two());
        let mut unpacker = Unpacker::of(&bytes);
        assert_eq!(Arena::<Entry<'static>>::unpack(&mut unpacker), Ok(two()));
        for cut in 0..bytes.len() {
            assert!(Arena::<Entry<'static>>::unpack(&mut Unpacker::of(&bytes[..cut])).is_err());
        }
    }

    #[test]
    fn debug_shows_no_item() {
        let text = format!("{:?}", two());
        assert_eq!(text, "Arena { len: 2, bytes: 28, .. }");
        let text = format!("{:?}", two().iter());
        assert_eq!(text, "ArenaIter { left: 2, .. }");
        let text = format!("{:?}", Unpacker::of(b"secret"));
        assert_eq!(text, "Unpacker { left: 6, .. }");
        assert!(two() == two().clone());
    }
}
