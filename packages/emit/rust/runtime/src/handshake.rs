//! What the two sides tell each other once, before the first call.

use crate::call::{Call, FRAME_VERSION};
use crate::detail::{ErrorView, Text};
use crate::exchange::Invocation;
use crate::output::{InlineTail, Tail};
use crate::panic::observe_panics;

/// A panic unwinds, so that it can be contained. Bit of [`Handshake::flags`].
const FLAG_UNWIND: u32 = 1;
/// Debug assertions are on. Bit of [`Handshake::flags`].
const FLAG_DEBUG: u32 = 2;

/// The answer of the Rust side. Mirrors `grout_handshake` of the C header.
#[repr(C)]
#[derive(Debug)]
pub struct Handshake {
    /// In: size of the struct in bytes as the caller knows it; a smaller one is left as it is. Out: this side's size.
    pub size: u32,
    /// [`FRAME_VERSION`].
    pub frame_version: u32,
    /// `abi_major` of the contract's services.
    pub abi_major: u32,
    /// Bit 0: panics unwind; bit 1: debug build.
    pub flags: u32,
    /// Hash of everything in the contract that the ABI depends on.
    pub abi_hash: u64,
    /// [`layout_sum`] of the structs that cross.
    pub layout_sum: u64,
    /// Digest of the contract's text; static.
    pub contract: Text,
    /// Names of the features that this library was built with; static. Never dereferenced when `features_len` is 0.
    pub features: *const Text,
    /// Number of `features`.
    pub features_len: usize,
}

/// What a generated bridge knows about itself.
#[derive(Debug, Clone, Copy)]
pub struct Identity {
    /// `abi_major` of the contract's services.
    pub abi_major: u32,
    /// Hash of everything in the contract that the ABI depends on.
    pub abi_hash: u64,
    /// Digest of the contract's text.
    pub contract: &'static str,
    /// Layout of each result struct, in the order of the contract.
    pub layouts: &'static [[usize; 2]],
    /// Names of the features that are on, of those that both sides know.
    pub features: &'static [Text],
}

/// Size and alignment of `T`.
#[must_use]
pub const fn layout_of<T>() -> [usize; 2] {
    [size_of::<T>(), align_of::<T>()]
}

/// FNV-1a over the layouts of grout's own structs and of `layouts`. Go computes the same of its own structs.
#[must_use]
pub const fn layout_sum(layouts: &[[usize; 2]]) -> u64 {
    let own = [
        layout_of::<Call>(),
        layout_of::<ErrorView>(),
        layout_of::<Handshake>(),
        layout_of::<Tail>(),
        layout_of::<InlineTail>(),
        layout_of::<Invocation>(),
    ];
    add_layouts(add_layouts(0xcbf2_9ce4_8422_2325, &own), layouts)
}

const fn add_layouts(mut sum: u64, layouts: &[[usize; 2]]) -> u64 {
    let mut at = 0;
    while at < layouts.len() {
        let [size, align] = layouts[at];
        sum = (sum ^ size as u64).wrapping_mul(0x100_0000_01b3);
        sum = (sum ^ align as u64).wrapping_mul(0x100_0000_01b3);
        at += 1;
    }
    sum
}

/// Answers the handshake of a caller.
///
/// # Safety
/// `answer` points to a [`Handshake`] whose `size` is set and which is valid for writing that many bytes.
pub unsafe fn answer_handshake(answer: *mut Handshake, identity: &Identity) {
    // SAFETY: every version of the struct starts with its size; only that is read before it is checked.
    let size = unsafe { (&raw const (*answer).size).read() };
    if (size as usize) < size_of::<Handshake>() {
        return;
    }
    observe_panics();
    let mut flags = 0;
    if cfg!(panic = "unwind") {
        flags |= FLAG_UNWIND;
    }
    if cfg!(debug_assertions) {
        flags |= FLAG_DEBUG;
    }
    let filled = Handshake {
        size: size_of::<Handshake>() as u32,
        frame_version: u32::from(FRAME_VERSION),
        abi_major: identity.abi_major,
        flags,
        abi_hash: identity.abi_hash,
        layout_sum: layout_sum(identity.layouts),
        contract: Text::of(identity.contract),
        features: identity.features.as_ptr(),
        features_len: identity.features.len(),
    };
    // SAFETY: the caller's struct has at least this size.
    unsafe { answer.write(filled) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDENTITY: Identity = Identity {
        abi_major: 3,
        abi_hash: 0xabcd,
        contract: "0123",
        layouts: &[layout_of::<u64>()],
        features: &[Text::of("simd")],
    };

    fn blank(size: u32) -> Handshake {
        Handshake {
            size,
            frame_version: 0,
            abi_major: 0,
            flags: 0,
            abi_hash: 0,
            layout_sum: 0,
            contract: Text::of(""),
            features: std::ptr::null(),
            features_len: 0,
        }
    }

    #[test]
    fn the_answer_says_who_answers() {
        let mut answer = blank(size_of::<Handshake>() as u32);
        // SAFETY: a struct of this stack.
        unsafe { answer_handshake(&raw mut answer, &IDENTITY) };
        assert_eq!(
            (answer.frame_version, answer.abi_major, answer.abi_hash),
            (u32::from(FRAME_VERSION), 3, 0xabcd)
        );
        assert_eq!(answer.layout_sum, layout_sum(IDENTITY.layouts));
        assert_eq!(answer.flags & FLAG_UNWIND != 0, cfg!(panic = "unwind"));
        assert_eq!(answer.contract.len, 4);
        assert_eq!(
            (answer.features, answer.features_len),
            (IDENTITY.features.as_ptr(), 1)
        );
    }

    #[test]
    fn a_smaller_struct_is_left_alone() {
        let mut answer = blank(8);
        // SAFETY: a struct of this stack.
        unsafe { answer_handshake(&raw mut answer, &IDENTITY) };
        assert_eq!((answer.size, answer.frame_version), (8, 0));
    }

    #[test]
    fn every_layout_changes_the_sum() {
        let sums = [
            layout_sum(&[]),
            layout_sum(&[[8, 8]]),
            layout_sum(&[[8, 4]]),
            layout_sum(&[[8, 8], [8, 8]]),
        ];
        for (at, sum) in sums.iter().enumerate() {
            assert!(!sums[at + 1..].contains(sum));
        }
    }
}
