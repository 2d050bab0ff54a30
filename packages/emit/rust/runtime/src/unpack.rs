//! The way back of [`crate::pack`]: values of a request, none of which is believed.

use crate::input::not_utf8;
use crate::pack::{Length, MAX_DEPTH, PackError, check_len, too_deep};
use crate::time::{SignedDuration, time_of};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::SystemTime;

/// Unpacks the values of a request.
pub struct Unpacker<'a> {
    rest: &'a [u8],
    len: usize,
    depth: u32,
    max_depth: u32,
}

impl std::fmt::Debug for Unpacker<'_> {
    /// How many bytes are left, and none of them: the contract may call parts of them redacted.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unpacker")
            .field("left", &self.rest.len())
            .finish_non_exhaustive()
    }
}

/// A value that can be unpacked; what of it is borrowed lives as long as the bytes.
pub trait Unpack<'a>: Sized {
    /// Takes the value from the front.
    ///
    /// # Errors
    /// When the bytes do not make a value that the contract allows.
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError>;
}

/// A value that can be unpacked and outlives the bytes.
pub trait UnpackOwned: for<'a> Unpack<'a> {}

impl<T: for<'a> Unpack<'a>> UnpackOwned for T {}

impl<'a> Unpacker<'a> {
    /// Unpacks what Go lends.
    ///
    /// # Safety
    /// `len` is 0, or `ptr` is valid for reading `len` bytes that nobody writes for as long as this lives.
    #[must_use]
    pub unsafe fn new(ptr: *const u8, len: usize) -> Self {
        // SAFETY: the caller vouches for the pair.
        Self::of(unsafe { crate::input::slice(ptr, len) })
    }

    /// Unpacks bytes.
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            len: bytes.len(),
            depth: 0,
            max_depth: MAX_DEPTH,
        }
    }

    /// Unpacks what this side has packed: how deep it lies was looked at then.
    pub(crate) fn of_own(bytes: &'a [u8]) -> Self {
        Self {
            max_depth: u32::MAX,
            ..Self::of(bytes)
        }
    }

    /// Unpacks the value of a field; an error names it.
    ///
    /// # Errors
    /// When the bytes do not make a value that the contract allows.
    #[inline]
    pub fn field<T: Unpack<'a>>(&mut self, name: &str) -> Result<T, PackError> {
        T::unpack(self).map_err(|error| error.within(name))
    }

    /// Unpacks the value of a field that may be as long as `max`: what says that it is longer is not read.
    ///
    /// # Errors
    /// When it is longer, or the bytes do not make a value for another reason.
    pub fn limited<T: Unpack<'a> + Length>(
        &mut self,
        name: &str,
        max: usize,
    ) -> Result<T, PackError> {
        check_len(self.announced(T::MAY_BE_ABSENT), max, name)?;
        self.field(name)
    }

    /// The length that the next value says it has; 0 where it is absent, or where there is too little to say.
    fn announced(&self, may_be_absent: bool) -> usize {
        let value = match self.rest {
            [1, value @ ..] if may_be_absent => value,
            _ if may_be_absent => return 0,
            value => value,
        };
        let length = value.first_chunk().copied().map_or(0, u32::from_le_bytes);
        length as usize
    }

    /// Unpacks which alternative of a oneof is set.
    ///
    /// # Errors
    /// When the bytes end here.
    pub fn tag(&mut self) -> Result<u32, PackError> {
        u32::unpack(self)
    }

    /// The error of an alternative that does not exist.
    #[cold]
    #[must_use]
    pub fn unknown(&self, tag: u32) -> PackError {
        self.error(&format!("there is no alternative with the number {tag}"))
    }

    /// Unpacks a message without fields.
    ///
    /// # Errors
    /// When the next byte does not stand for one.
    pub fn empty(&mut self) -> Result<(), PackError> {
        if bool::unpack(self)? {
            return Err(self.error("1 does not stand for an empty message"));
        }
        Ok(())
    }

    /// Unpacks a message that can contain itself.
    ///
    /// # Errors
    /// When it lies too deep, or `unpack` fails.
    pub fn nested<T>(
        &mut self,
        unpack: impl FnOnce(&mut Self) -> Result<T, PackError>,
    ) -> Result<T, PackError> {
        if self.depth == self.max_depth {
            return Err(too_deep());
        }
        self.depth += 1;
        let value = unpack(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// When there is.
    pub fn finish(&self) -> Result<(), PackError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(self.error(&format!("{} bytes are left over", self.rest.len())))
    }

    #[cold]
    fn error(&self, reason: &str) -> PackError {
        let at = self.len - self.rest.len();
        PackError::new(format!("{reason} (at byte {at} of {})", self.len))
    }

    #[inline]
    fn take(&mut self, len: usize) -> Result<&'a [u8], PackError> {
        let Some((taken, rest)) = self.rest.split_at_checked(len) else {
            let left = self.rest.len();
            return Err(self.error(&format!("{len} bytes are needed, {left} are left")));
        };
        self.rest = rest;
        Ok(taken)
    }

    #[inline]
    fn take_array<const N: usize>(&mut self) -> Result<[u8; N], PackError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    /// A number of items. Each takes at least a byte, so that more than there are bytes is not believed.
    pub(crate) fn count(&mut self) -> Result<usize, PackError> {
        let count = u32::unpack(self)? as usize;
        let left = self.rest.len();
        if count > left {
            let reason = format!("{count} items cannot be in the {left} bytes that are left");
            return Err(self.error(&reason));
        }
        Ok(count)
    }
}

macro_rules! unpack_numbers {
    ($($number:ty),*) => {$(
        impl Unpack<'_> for $number {
            #[inline]
            fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
                unpacker.take_array().map(Self::from_le_bytes)
            }
        }
    )*};
}

unpack_numbers!(i32, i64, u32, u64, f32, f64);

impl Unpack<'_> for bool {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        match unpacker.rest.first() {
            Some(byte @ 2..) => Err(unpacker.error(&format!("{byte} is neither 0 nor 1"))),
            _ => Ok(unpacker.take_array()? == [1]),
        }
    }
}

impl<'a> Unpack<'a> for &'a str {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        std::str::from_utf8(Unpack::unpack(unpacker)?)
            .map_err(|error| PackError::new(not_utf8(&error)))
    }
}

impl<'a> Unpack<'a> for &'a [u8] {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        let len = u32::unpack(unpacker)? as usize;
        unpacker.take(len)
    }
}

impl Unpack<'_> for String {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        <&str>::unpack(unpacker).map(str::to_owned)
    }
}

impl Unpack<'_> for Vec<u8> {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        <&[u8]>::unpack(unpacker).map(<[u8]>::to_vec)
    }
}

impl Unpack<'_> for crate::bytes::Bytes {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        <Vec<u8>>::unpack(unpacker).map(Self::from)
    }
}

impl Unpack<'_> for crate::text::Text {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        String::unpack(unpacker).map(Self::from)
    }
}

impl Unpack<'_> for crate::buffer::Buffer {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        <Vec<u8>>::unpack(unpacker).map(Self::from)
    }
}

impl Unpack<'_> for SystemTime {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        time_of(i64::unpack(unpacker)?, u32::unpack(unpacker)?)
    }
}

impl Unpack<'_> for SignedDuration {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        i64::unpack(unpacker).map(Self::from_nanos)
    }
}

impl<'a, T: Unpack<'a>> Unpack<'a> for Option<T> {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        let is_there = bool::unpack(unpacker)?;
        is_there.then(|| T::unpack(unpacker)).transpose()
    }
}

impl<'a, T: Unpack<'a>> Unpack<'a> for Box<T> {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        T::unpack(unpacker).map(Self::new)
    }
}

impl<'a, T: Unpack<'a>> Unpack<'a> for Vec<T> {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        let count = unpacker.count()?;
        let mut items = Self::with_capacity(count.min(capacity_of::<T>(unpacker.rest.len())));
        for at in 0..count {
            items.push(T::unpack(unpacker).map_err(|error| error.within_item(at))?);
        }
        Ok(items)
    }
}

/// How many items are worth room ahead when `left` bytes are left: not more memory than twice what came.
fn capacity_of<T>(left: usize) -> usize {
    (2 * left).checked_div(size_of::<T>()).unwrap_or(left)
}

impl<'a, K: Unpack<'a> + Ord, V: Unpack<'a>> Unpack<'a> for BTreeMap<K, V> {
    fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
        let count = unpacker.count()?;
        let mut entries = Self::new();
        for at in 0..count {
            let key = K::unpack(unpacker).map_err(|error| error.within_item(at))?;
            let Entry::Vacant(place) = entries.entry(key) else {
                let error = unpacker.error("its key was there before");
                return Err(error.within_item(at));
            };
            place.insert(V::unpack(unpacker).map_err(|error| error.within_item(at))?);
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Pack, Packer};
    use std::fmt::Debug;
    use std::time::{Duration, UNIX_EPOCH};

    #[derive(Debug, Clone, PartialEq, Default)]
    struct Pair {
        name: String,
        next: Option<Box<Pair>>,
    }

    impl Pack for Pair {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            packer.nested(|packer| {
                packer.field("name", &self.name)?;
                packer.field("next", &self.next)
            })
        }
    }

    impl Unpack<'_> for Pair {
        fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
            unpacker.nested(|unpacker| {
                Ok(Self {
                    name: unpacker.field("name")?,
                    next: unpacker.field("next")?,
                })
            })
        }
    }

    fn packed<T: Pack>(value: &T) -> Vec<u8> {
        let mut packer = Packer::default();
        value.pack(&mut packer).expect("a value that can be packed");
        packer.into_bytes()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex"))
            .collect()
    }

    /// The bytes are the same in the tests of the Go runtime.
    fn check<T: Pack + UnpackOwned + PartialEq + Debug>(value: T, want: &str) {
        assert_eq!(hex(&packed(&value)), want);
        let bytes = unhex(want);
        let mut unpacker = Unpacker::of(&bytes);
        assert_eq!(T::unpack(&mut unpacker), Ok(value));
        assert_eq!(unpacker.finish(), Ok(()));
    }

    #[test]
    fn bytes_of_packed_values() {
        check(true, "01");
        check(-2_i32, "feffffff");
        check(0x0102_0304_0506_0708_u64, "0807060504030201");
        check(1.5_f32, "0000c03f");
        check(-1.5_f64, "000000000000f8bf");
        check("ab".to_owned(), "020000006162");
        check(vec![0_u8], "0100000000");
        let before = UNIX_EPOCH - Duration::from_secs(1) + Duration::from_nanos(10);
        check(before, "ffffffffffffffff0a000000");
        check(
            SignedDuration::from_nanos(1_000_000_000),
            "00ca9a3b00000000",
        );
        check(None::<u32>, "00");
        check(Some(7_u32), "0107000000");
        check(vec![1_i32, -1], "0200000001000000ffffffff");
        check(
            BTreeMap::from([("ab".to_owned(), true)]),
            "0100000002000000616201",
        );
        let pair = Pair {
            name: "ab".to_owned(),
            next: Some(Box::default()),
        };
        check(pair, "020000006162010000000000");
    }

    #[test]
    fn what_breaks_the_contract_names_field_and_byte() {
        let cases = [
            ("", "pairs: 4 bytes are needed, 0 are left (at byte 0 of 0)"),
            (
                "ffffffff",
                "pairs: 4294967295 items cannot be in the 0 bytes that are left (at byte 4 of 4)",
            ),
            (
                "0100000001000000ff00",
                "pairs[0].name: not valid UTF-8 at byte 0; pass text as UTF-8, or declare the field as bytes",
            ),
            (
                "010000000000000002",
                "pairs[0].next: 2 is neither 0 nor 1 (at byte 8 of 9)",
            ),
            (
                "01000000000000000105000000",
                "pairs[0].next.name: 5 bytes are needed, 0 are left (at byte 13 of 13)",
            ),
            ("0000000007", "1 bytes are left over (at byte 4 of 5)"),
        ];
        for (bytes, want) in cases {
            let bytes = unhex(bytes);
            let mut unpacker = Unpacker::of(&bytes);
            let read: Result<Vec<Pair>, _> = unpacker.field("pairs");
            let error = read.and_then(|_| unpacker.finish()).expect_err("broken");
            assert_eq!(error.to_string(), want);
        }
    }

    #[test]
    fn what_is_borrowed_is_not_copied() {
        let bytes = unhex("0200000001000000610200000062ff");
        let mut unpacker = Unpacker::of(&bytes);
        let lent: Vec<&[u8]> = unpacker.field("keys").expect("two keys");
        assert_eq!(lent, [b"a".as_slice(), b"b\xff"]);
        assert!(std::ptr::eq(lent[1].as_ptr(), &raw const bytes[13]));
        let error = Unpacker::of(&bytes).field::<Vec<&str>>("keys");
        assert!(
            error
                .expect_err("no text")
                .to_string()
                .starts_with("keys[1]: not valid UTF-8 at byte 1")
        );
        let mut packer = Packer::default();
        packer
            .limited("keys", &lent, 2)
            .expect("as long as allowed");
        assert_eq!(packer.into_bytes(), bytes);
        let error = Unpacker::of(&bytes[4..]).limited::<&str>("key", 0);
        assert!(
            error
                .expect_err("too long")
                .to_string()
                .starts_with("key: its length is 1")
        );
    }

    thread_local!(static READ: std::cell::Cell<u32> = const { std::cell::Cell::new(0) });

    /// Counts how often one is unpacked.
    #[derive(Debug, Clone, Copy)]
    struct Counted;

    impl Unpack<'_> for Counted {
        fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
            READ.set(READ.get() + 1);
            bool::unpack(unpacker).map(|_| Self)
        }
    }

    fn refused<T: UnpackOwned + Length>(bytes: &str, max: usize) -> Option<String> {
        let bytes = unhex(bytes);
        let unpacked = Unpacker::of(&bytes).limited::<T>("key", max);
        unpacked.err().map(|error| error.to_string())
    }

    // Proves L8, what is longer than the contract allows is refused by what it says of its length. Expected: nothing of it is
    // read, be there as much or not; what says too little is refused for that.
    #[test]
    fn what_is_too_long_is_not_read() {
        let long = |length: u32| {
            Some(format!(
                "key: its length is {length}, the contract allows 2 at most"
            ))
        };
        assert_eq!(refused::<Vec<Counted>>("03000000000000", 2), long(3));
        assert_eq!(
            refused::<Option<Vec<Counted>>>("0103000000000000", 2),
            long(3)
        );
        assert_eq!(READ.get(), 0);
        for refusal in [
            refused::<Vec<u8>>("ffffffff", 2),
            refused::<String>("ffffffff", 2),
            refused::<BTreeMap<u32, u32>>("ffffffff", 2),
            refused::<Option<String>>("01ffffffff", 2),
        ] {
            assert_eq!(refusal, long(u32::MAX));
        }
        assert_eq!(refused::<Vec<Counted>>("020000000001", 2), None);
        assert_eq!(READ.get(), 2);
        assert_eq!(refused::<Option<String>>("00", 2), None);
        for (bytes, needed) in [("ffff", "4 bytes"), ("02000000", "2 bytes")] {
            let refusal = refused::<String>(bytes, 2).expect("too short");
            assert!(refusal.starts_with(&format!("key: {needed} are needed")));
        }
        let refusal = refused::<Option<String>>("02ffffffff", 2);
        assert_eq!(
            refusal.as_deref(),
            Some("key: 2 is neither 0 nor 1 (at byte 0 of 5)")
        );
    }

    #[test]
    fn a_key_comes_once() {
        let bytes = unhex("0200000001000000010000000100000002000000");
        let mut unpacker = Unpacker::of(&bytes);
        let error = unpacker
            .field::<BTreeMap<u32, u32>>("sizes")
            .expect_err("twice");
        assert_eq!(
            error.to_string(),
            "sizes[1]: its key was there before (at byte 16 of 20)"
        );
    }

    #[test]
    fn depth_is_limited_both_ways() {
        let tower = |height: u32| {
            (1..height).fold(Pair::default(), |next, _| Pair {
                name: String::new(),
                next: Some(Box::new(next)),
            })
        };
        let bytes = packed(&tower(MAX_DEPTH));
        assert!(Pair::unpack(&mut Unpacker::of(&bytes)).is_ok());
        let error = tower(MAX_DEPTH + 1).pack(&mut Packer::default());
        assert!(
            error
                .expect_err("too deep")
                .to_string()
                .contains("more than 100 deep")
        );
        let bytes = [0, 0, 0, 0, 1].repeat(10_000);
        let error = Pair::unpack(&mut Unpacker::of(&bytes)).expect_err("too deep");
        assert!(error.to_string().contains("more than 100 deep"));
    }

    #[test]
    fn limits_hold_both_ways() {
        let mut packer = Packer::default();
        assert!(packer.limited("tags", &vec![1_u32, 2], 2).is_ok());
        let error = packer
            .limited("tags", &vec![1_u32, 2, 3], 2)
            .expect_err("too long");
        assert_eq!(
            error.to_string(),
            "tags: its length is 3, the contract allows 2 at most"
        );
        let bytes = packed(&Some("abc".to_owned()));
        let error = Unpacker::of(&bytes).limited::<Option<String>>("note", 2);
        assert_eq!(
            error.expect_err("too long").to_string(),
            "note: its length is 3, the contract allows 2 at most"
        );
    }

    /// Arbitrary bytes are refused or believed, without a panic and without much memory.
    #[test]
    fn arbitrary_bytes_do_no_harm() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let rounds = if cfg!(miri) { 100 } else { 20_000 };
        for _ in 0..rounds {
            let len = next() % 64;
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    if next() % 3 == 0 {
                        next() as u8
                    } else {
                        (next() % 3) as u8
                    }
                })
                .collect();
            let mut unpacker = Unpacker::of(&bytes);
            let _ = unpacker.field::<Vec<Pair>>("pairs");
            let _ = unpacker.field::<BTreeMap<String, Option<SystemTime>>>("times");
            let _ = unpacker.field::<Vec<Vec<bool>>>("flags");
        }
    }
}
