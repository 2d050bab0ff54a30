//! Where bytes start, as far as a contract says so.

use crate::pack::PackError;
use std::num::NonZero;
use std::ptr::NonNull;

/// Where no bytes start that are aligned nevertheless. `align` is a power of two.
pub(crate) fn aligned_none(align: usize) -> NonNull<u8> {
    NonNull::without_provenance(NonZero::new(align).expect("a power of two"))
}

/// Refuses bytes of a request that do not start at a multiple of `align`. No bytes start anywhere.
pub(crate) fn check_lent(bytes: &[u8], align: usize, field: &str) -> Result<(), PackError> {
    check(bytes, align, || {
        format!("make them with grout.AlignedBytes(n, {align})")
    })
    .map_err(|error| error.within(field))
}

/// Refuses bytes of a response that do not start at a multiple of `align`. No bytes start anywhere.
///
/// # Errors
/// When they start elsewhere.
pub fn check_aligned(bytes: &[u8], align: usize, field: &str) -> Result<(), PackError> {
    check(bytes, align, || {
        format!("make them with grout::Buffer in Rust, with grout.AlignedBytes(n, {align}) in Go")
    })
    .map_err(|error| error.within(field))
}

#[inline]
fn check(bytes: &[u8], align: usize, help: impl FnOnce() -> String) -> Result<(), PackError> {
    let past = bytes.as_ptr().addr() % align;
    if past == 0 || bytes.is_empty() {
        return Ok(());
    }
    let reason = format!(
        "its bytes start {past} bytes past a multiple of {align}, the contract wants them to start at one; {}",
        help()
    );
    Err(PackError::new(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::Buffer;

    // Proves L14 of Rust, bytes that are aligned. Expected: both checks name the field, how far off its bytes are, and
    // what makes such bytes.
    #[test]
    fn bytes_that_start_elsewhere_are_refused() {
        let bytes = Buffer::zeroed(100, 64);
        for check in [check_lent, check_aligned] {
            assert_eq!(check(&bytes, 64, "page"), Ok(()));
            assert_eq!(check(&bytes[5..5], 64, "page"), Ok(()));
            let error = check(&bytes[24..], 64, "page").expect_err("elsewhere");
            let text = error.to_string();
            assert!(
                text.starts_with("page: its bytes start 24 bytes past a multiple of 64, "),
                "{text}"
            );
            assert!(text.contains("grout.AlignedBytes(n, 64)"), "{text}");
        }
    }
}
