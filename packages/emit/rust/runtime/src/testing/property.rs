//! Checks of values that a generated property test makes up. They tell what is wrong instead of panicking, so that the
//! library of the test can look for a smaller value that is wrong in the same way.

use super::packed::{hex, pack, unpack};
use crate::pack::Pack;
use crate::unpack::Unpack;
use std::fmt::Debug;

/// Makes sure that a message is packed to bytes that are unpacked to it, and these packed to the same bytes again.
///
/// # Errors
/// When they are not; with the bytes, as a message may hide fields when it is shown.
pub fn round_trip<T>(message: &T) -> Result<(), String>
where
    T: Pack + Unpack<'static> + PartialEq + Debug,
{
    let packed = pack(message).map_err(|error| format!("{message:?} is not packed: {error}"))?;
    let what = format!("{message:?} is packed to {}", hex(&packed));
    let unpacked: T =
        unpack(&packed).map_err(|error| format!("{what}, which is refused: {error}"))?;
    if !is_same(&unpacked, message) {
        return Err(format!("{what}, which is unpacked to {unpacked:?}"));
    }
    match pack(&unpacked) {
        Ok(again) if again == packed => Ok(()),
        Ok(again) => Err(format!("{what}, then to {}", hex(&again))),
        Err(error) => Err(format!("{what}, but not again: {error}")),
    }
}

/// What has a number that is NaN equals nothing, so that it can only look the same.
fn is_same<T: PartialEq + Debug>(a: &T, b: &T) -> bool {
    #[expect(clippy::eq_op, reason = "this tells whether it has a NaN")]
    let has_nan = b != b;
    (a == b || has_nan) && format!("{a:?}") == format!("{b:?}")
}

/// Makes sure that a message is refused, in the words that Go uses too, when `field` is longer than `most`, and is packed
/// when it is not.
///
/// # Errors
/// When that is not so.
pub fn keeps_limit<T>(message: &T, field: &str, length: usize, most: usize) -> Result<(), String>
where
    T: Pack + Debug,
{
    let refusal = pack(message).err().map(|error| error.to_string());
    let want = (length > most)
        .then(|| format!("{field}: its length is {length}, the contract allows {most} at most"));
    if refusal == want {
        return Ok(());
    }
    Err(format!(
        "{message:?} is refused with {refusal:?}, want {want:?}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{PackError, Packer};
    use crate::unpack::Unpacker;

    /// A message with one name, of at most two bytes, and a codec that is wrong in one way.
    #[derive(Debug, PartialEq)]
    struct Named<const FAULT: char>(String);

    impl<const FAULT: char> Pack for Named<FAULT> {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            match FAULT {
                'p' => Err(PackError::new("on purpose")),
                'l' => packer.field("name", &self.0),
                _ => packer.limited("name", &self.0, 2),
            }
        }
    }

    impl<'a, const FAULT: char> Unpack<'a> for Named<FAULT> {
        fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
            let name: String = unpacker.limited("name", if FAULT == 'r' { 0 } else { 2 })?;
            Ok(Self(if FAULT == 'u' { String::new() } else { name }))
        }
    }

    fn faults_of<const FAULT: char>() -> String {
        round_trip(&Named::<FAULT>("a".to_owned())).expect_err("a fault")
    }

    #[test]
    fn what_comes_back_passes_and_what_does_not_is_shown() {
        assert_eq!(round_trip(&Named::<'-'>("a".to_owned())), Ok(()));
        assert_eq!(faults_of::<'p'>(), "Named(\"a\") is not packed: on purpose");
        assert_eq!(
            faults_of::<'r'>(),
            "Named(\"a\") is packed to 0100000061, which is refused: name: its length is 1, the contract allows 0 at most"
        );
        assert_eq!(
            faults_of::<'u'>(),
            "Named(\"a\") is packed to 0100000061, which is unpacked to Named(\"\")"
        );
    }

    /// Looks like 0, and is packed to its bits.
    struct Bits(f64, u64);

    impl Debug for Bits {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl PartialEq for Bits {
        fn eq(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }

    impl Pack for Bits {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            (self.0.to_bits() + self.1).pack(packer)
        }
    }

    impl<'a> Unpack<'a> for Bits {
        fn unpack(unpacker: &mut Unpacker<'a>) -> Result<Self, PackError> {
            let bits = u64::unpack(unpacker)?;
            Ok(Self(f64::from_bits(bits), bits % 2))
        }
    }

    #[test]
    fn nan_is_itself_by_its_bytes() {
        assert_eq!(round_trip(&Bits(f64::NAN, 0)), Ok(()));
        assert_eq!(
            round_trip(&Bits(f64::NAN, 1)),
            Err("NaN is packed to 010000000000f87f, then to 020000000000f87f".to_owned())
        );
        assert!(round_trip(&Bits(-0.0, 0)).is_ok());
    }

    #[test]
    fn zeros_of_both_signs_are_not_the_same() {
        assert!(!is_same(&0.0, &-0.0));
        assert!(is_same(&f64::NAN, &f64::NAN));
        assert!(!is_same(&[f64::NAN, 1.0], &[f64::NAN, 2.0]));
    }

    #[test]
    fn a_limit_is_kept_on_both_sides_of_it() {
        let named = |length: usize| "x".repeat(length);
        for length in 0..4 {
            let message = Named::<'-'>(named(length));
            assert_eq!(keeps_limit(&message, "name", length, 2), Ok(()));
        }
        assert_eq!(
            keeps_limit(&Named::<'l'>(named(3)), "name", 3, 2),
            Err("Named(\"xxx\") is refused with None, want Some(\"name: its length is 3, the contract allows 2 at most\")".to_owned())
        );
        assert_eq!(
            keeps_limit(&Named::<'-'>(named(3)), "name", 3, 4),
            Err("Named(\"xxx\") is refused with Some(\"name: its length is 3, the contract allows 2 at most\"), want None".to_owned())
        );
    }
}
