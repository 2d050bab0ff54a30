//! Values that are packed: lists, maps, oneofs, and messages that contain themselves.
//!
//! They cross one after the other in one run of bytes, in the order of the contract: numbers little-endian and as wide
//! as their type, lengths and counts 32 bits wide, what may be absent after a byte that is 0 or 1, a message without
//! fields as a byte 0. The contract says what follows, so nothing else is said.

use crate::arena::Arena;
use crate::bytes::{Bytes, View};
use crate::error::{Error, ErrorCode, RuntimeCode};
use crate::time::{SignedDuration, parts_of};
use std::collections::BTreeMap;
use std::fmt;
use std::time::SystemTime;

/// How deep messages that contain themselves may lie in each other.
pub(crate) const MAX_DEPTH: u32 = 100;

/// Why a value cannot be packed or unpacked, with the path of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    path: String,
    reason: String,
}

impl PackError {
    #[cold]
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
        }
    }

    /// The same error, of a value inside `field`.
    #[cold]
    #[must_use]
    pub fn within(mut self, field: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{field}{separator}{}", self.path);
        self
    }

    #[cold]
    pub(crate) fn within_item(self, at: usize) -> Self {
        self.within(&format!("[{at}]"))
    }

    /// The error of a call whose request held the value.
    pub(crate) fn in_request<C: ErrorCode>(self) -> Error<C> {
        Error::runtime(RuntimeCode::InvalidArgument, self.to_string())
    }

    /// The error of a call whose response held the value.
    pub(crate) fn in_response<C: ErrorCode>(self) -> Error<C> {
        Error::runtime(RuntimeCode::InvalidResponse, self.to_string())
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.reason)
        } else {
            write!(f, "{}: {}", self.path, self.reason)
        }
    }
}

impl std::error::Error for PackError {}

/// Refuses what is longer than the contract's `max_len` allows: bytes of a text, items of a list.
///
/// # Errors
/// When `len` is greater than `max`.
#[inline]
pub fn check_len(len: usize, max: usize, field: &str) -> Result<(), PackError> {
    if len <= max {
        return Ok(());
    }
    Err(too_long(len, max).within(field))
}

#[cold]
pub(crate) fn too_long(len: usize, max: usize) -> PackError {
    PackError::new(format!(
        "its length is {len}, the contract allows {max} at most"
    ))
}

/// Something that `max_len` limits.
pub trait Length {
    /// Whether a flag that says whether it is there comes before its length.
    const MAY_BE_ABSENT: bool = false;

    /// Bytes of a text, items of a list or map; 0 of what is not there.
    fn length(&self) -> usize;
}

impl Length for &str {
    fn length(&self) -> usize {
        self.len()
    }
}

impl Length for &[u8] {
    fn length(&self) -> usize {
        self.len()
    }
}

impl Length for Bytes {
    fn length(&self) -> usize {
        self.len()
    }
}

impl Length for crate::text::Text {
    fn length(&self) -> usize {
        self.len()
    }
}

impl Length for crate::buffer::Buffer {
    fn length(&self) -> usize {
        self.len()
    }
}

impl Length for String {
    fn length(&self) -> usize {
        self.len()
    }
}

impl<T> Length for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }
}

impl<K, V> Length for BTreeMap<K, V> {
    fn length(&self) -> usize {
        self.len()
    }
}

impl<T: Length> Length for Option<T> {
    const MAY_BE_ABSENT: bool = true;

    fn length(&self) -> usize {
        self.as_ref().map_or(0, Length::length)
    }
}

/// Packs the values of a response.
#[derive(Debug, Clone, Default)]
pub struct Packer {
    bytes: Vec<u8>,
    depth: u32,
    /// Whether the value is one that a call flattens: depth is not counted there.
    is_flat: bool,
    /// The bytes that are packed as views, each with where its owner goes; `None` where they are packed themselves.
    views: Option<Vec<(usize, Bytes)>>,
}

/// A value that can be packed.
pub trait Pack {
    /// Of a message, what its encoding depends on, as a hash: a bridge that uses messages of another one makes sure that
    /// they are what it was generated for.
    const SHAPE: u64 = 0;

    /// Appends the value.
    ///
    /// # Errors
    /// When the contract does not allow the value.
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError>;
}

impl Packer {
    /// Packs whole what a call flattens, and refuses what the call refuses.
    pub(crate) fn of_flattened() -> Self {
        Self {
            is_flat: true,
            ..Self::default()
        }
    }

    /// Packs bytes that are views as such: where they lie, instead of what they are.
    #[must_use]
    pub fn with_views() -> Self {
        Self {
            views: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Packs bytes that are a view: address, length and owner, 64 bits each, or themselves.
    fn view(&mut self, bytes: &Bytes) -> Result<(), PackError> {
        let Some(views) = &mut self.views else {
            return (&**bytes).pack(self);
        };
        let (address, len) = match bytes.len() {
            0 => (0, 0),
            len => (bytes.as_ptr().expose_provenance() as u64, len as u64),
        };
        views.push((self.bytes.len() + 16, bytes.clone()));
        for number in [address, len, 0] {
            self.put(&number.to_le_bytes());
        }
        Ok(())
    }

    /// Packs the value of a field; an error names it.
    ///
    /// # Errors
    /// When the contract does not allow the value.
    #[inline]
    pub fn field<T: Pack>(&mut self, name: &str, value: &T) -> Result<(), PackError> {
        value.pack(self).map_err(|error| error.within(name))
    }

    /// Packs the value of a field that a call packs as well, be the message around it flattened or not.
    ///
    /// # Errors
    /// When the contract does not allow the value.
    pub fn packed<T: Pack>(&mut self, name: &str, value: &T) -> Result<(), PackError> {
        let was_flat = std::mem::take(&mut self.is_flat);
        self.field(name, value)?;
        self.is_flat = was_flat;
        Ok(())
    }

    /// Packs the value of a field that may be as long as `max`.
    ///
    /// # Errors
    /// When it is longer, or the contract does not allow it for another reason.
    pub fn limited<T: Pack + Length>(
        &mut self,
        name: &str,
        value: &T,
        max: usize,
    ) -> Result<(), PackError> {
        check_len(value.length(), max, name)?;
        self.packed(name, value)
    }

    /// Packs which alternative of a oneof is set; its value follows.
    pub fn tag(&mut self, number: u32) {
        self.put(&number.to_le_bytes());
    }

    /// Packs a message without fields.
    pub fn empty(&mut self) {
        self.put(&[0]);
    }

    /// Packs a message that can contain itself.
    ///
    /// # Errors
    /// When it lies too deep, or `pack` fails.
    pub fn nested(
        &mut self,
        pack: impl FnOnce(&mut Self) -> Result<(), PackError>,
    ) -> Result<(), PackError> {
        if self.is_flat {
            return pack(self);
        }
        if self.depth == MAX_DEPTH {
            return Err(too_deep());
        }
        self.depth += 1;
        pack(self)?;
        self.depth -= 1;
        Ok(())
    }

    /// Packs a list that is packed already. Where it is the first, its bytes are taken over.
    ///
    /// # Errors
    /// When the contract does not allow one of its items.
    pub fn arena<T>(&mut self, name: &str, arena: Arena<T>) -> Result<(), PackError> {
        let bytes = arena.into_packed().map_err(|error| error.within(name))?;
        if self.bytes.is_empty() {
            self.bytes = bytes;
        } else {
            self.put(&bytes);
        }
        Ok(())
    }

    /// What was packed. Who has it owns what its views show.
    #[must_use]
    pub fn into_bytes(mut self) -> Vec<u8> {
        for (at, bytes) in self.views.into_iter().flatten() {
            let owner = View::of(bytes).owner as u64;
            self.bytes[at..at + 8].copy_from_slice(&owner.to_le_bytes());
        }
        self.bytes
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        self.bytes.reserve(more);
    }

    #[inline]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn count(&mut self, len: usize) -> Result<(), PackError> {
        let count = u32::try_from(len).map_err(|_| too_long(len, u32::MAX as usize))?;
        self.put(&count.to_le_bytes());
        Ok(())
    }
}

#[cold]
pub(crate) fn too_deep() -> PackError {
    PackError::new(format!(
        "messages lie in each other more than {MAX_DEPTH} deep"
    ))
}

macro_rules! pack_numbers {
    ($($number:ty),*) => {$(
        impl Pack for $number {
            #[inline]
            fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
                packer.put(&self.to_le_bytes());
                Ok(())
            }
        }
    )*};
}

pack_numbers!(i32, i64, u32, u64, f32, f64);

impl Pack for bool {
    #[inline]
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        packer.put(&[u8::from(*self)]);
        Ok(())
    }
}

impl Pack for &str {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        self.as_bytes().pack(packer)
    }
}

impl Pack for &[u8] {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        packer.count(self.len())?;
        packer.put(self);
        Ok(())
    }
}

impl Pack for Bytes {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        packer.view(self)
    }
}

impl Pack for crate::text::Text {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        packer.view(self.bytes())
    }
}

impl Pack for crate::buffer::Buffer {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        (&**self).pack(packer)
    }
}

impl Pack for String {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        self.as_bytes().pack(packer)
    }
}

impl Pack for Vec<u8> {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        self.as_slice().pack(packer)
    }
}

impl Pack for SystemTime {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        let (seconds, nanos) = parts_of(*self)?;
        seconds.pack(packer)?;
        nanos.pack(packer)
    }
}

impl Pack for SignedDuration {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        self.as_nanos().pack(packer)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        self.is_some().pack(packer)?;
        self.as_ref().map_or(Ok(()), |value| value.pack(packer))
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        T::pack(self, packer)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        packer.count(self.len())?;
        for (at, item) in self.iter().enumerate() {
            item.pack(packer).map_err(|error| error.within_item(at))?;
        }
        Ok(())
    }
}

impl<K: Pack, V: Pack> Pack for BTreeMap<K, V> {
    fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
        packer.count(self.len())?;
        for (at, (key, value)) in self.iter().enumerate() {
            let packed = key.pack(packer).and_then(|()| value.pack(packer));
            packed.map_err(|error| error.within_item(at))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::free_view;
    use crate::text::Text;
    use std::sync::Arc;

    // Proves O27 of what Rust packs. Expected: an address, a length and an owner, which is made when all is packed.
    #[test]
    fn views_are_packed_as_where_they_lie() {
        let whole = Arc::new(vec![1, 2, 3]);
        let shown = [Bytes::from(Arc::clone(&whole)).slice(1..), Bytes::default()];
        let mut packer = Packer::with_views();
        for bytes in &shown {
            packer.field("a", bytes).expect("it can be packed");
        }
        assert_eq!(Arc::strong_count(&whole), 3);
        drop(packer.clone());
        drop(shown);
        assert_eq!(Arc::strong_count(&whole), 2);
        let packed = packer.into_bytes();
        let (numbers, []) = packed.as_chunks::<8>() else {
            panic!("{} bytes", packed.len())
        };
        let numbers: Vec<_> = numbers.iter().map(|it| u64::from_le_bytes(*it)).collect();
        let address = (&raw const whole[1]).addr() as u64;
        assert_eq!(numbers[..2], [address, 2]);
        assert_eq!(numbers[3..], [0, 0, 0]);
        assert_eq!(Arc::strong_count(&whole), 2);
        // SAFETY: it comes from the view, once.
        unsafe { free_view(usize::try_from(numbers[2]).expect("an address")) };
        assert_eq!(Arc::strong_count(&whole), 1);
    }

    // Proves O27 of a response that is refused after views of it were packed. Expected: nobody owns what they show.
    #[test]
    fn what_is_not_packed_to_its_end_owns_nothing() {
        let whole = Arc::new("text".to_owned());
        let mut packer = Packer::with_views();
        let texts = vec![Text::from(Arc::clone(&whole))];
        packer.field("a", &texts).expect("it can be packed");
        let refused = packer.limited("b", &texts, 0);
        assert!(refused.is_err());
        drop((packer, texts));
        assert_eq!(Arc::strong_count(&whole), 1);
    }
}
