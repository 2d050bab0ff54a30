//! Arguments that Go lends for the time of a call.

use crate::align::{aligned_none, check_lent};
use crate::buffer::Buffer;
use crate::error::{Error, ErrorCode, RuntimeCode};
use crate::pack::PackError;
use std::str::Utf8Error;

/// Copies a text that Go lends. `field` is its path in the request, for the error.
///
/// # Errors
/// As [`lent_text`].
///
/// # Safety
/// As [`lent_text`], until this returns.
pub unsafe fn text<C: ErrorCode>(
    ptr: *const u8,
    len: usize,
    field: &str,
) -> Result<String, Error<C>> {
    // SAFETY: the caller vouches for the pair.
    unsafe { lent_text(ptr, len, field) }.map(str::to_owned)
}

/// The text that Go lends, not copied. `field` is its path in the request, for the error.
///
/// # Errors
/// `INVALID_ARGUMENT` when the text is not UTF-8; it names the field and the first bad byte.
///
/// # Safety
/// `len` is 0, or `ptr` is valid for reading `len` bytes that nobody writes during `'a`.
pub unsafe fn lent_text<'a, C: ErrorCode>(
    ptr: *const u8,
    len: usize,
    field: &str,
) -> Result<&'a str, Error<C>> {
    // SAFETY: the caller vouches for the pair.
    std::str::from_utf8(unsafe { slice(ptr, len) }).map_err(|error| {
        Error::runtime(
            RuntimeCode::InvalidArgument,
            format!("{field}: {}", not_utf8(&error)),
        )
    })
}

#[cold]
pub(crate) fn not_utf8(error: &Utf8Error) -> String {
    let at = error.valid_up_to();
    format!("not valid UTF-8 at byte {at}; pass text as UTF-8, or declare the field as bytes")
}

/// Copies bytes that Go lends.
///
/// # Safety
/// `len` is 0, or `ptr` is valid for reading `len` bytes that nobody writes meanwhile.
#[must_use]
#[inline]
pub unsafe fn bytes(ptr: *const u8, len: usize) -> Vec<u8> {
    // SAFETY: the caller vouches for the pair.
    unsafe { slice(ptr, len) }.to_vec()
}

/// The bytes that Go lends, not copied.
///
/// # Safety
/// As [`lent_text`].
#[must_use]
#[inline]
pub unsafe fn lent_bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: the caller vouches for the pair.
    unsafe { slice(ptr, len) }
}

/// A copy, at a multiple of `align`, of bytes that Go lends.
///
/// # Safety
/// As [`bytes`].
#[must_use]
pub unsafe fn aligned_bytes(ptr: *const u8, len: usize, align: usize) -> Buffer {
    // SAFETY: the caller vouches for the pair.
    Buffer::copy_of(unsafe { slice(ptr, len) }, align)
}

/// The bytes that Go lends at a multiple of `align`, not copied. `field` is their path in the request, for the error.
///
/// # Errors
/// When they start elsewhere.
///
/// # Safety
/// As [`lent_text`].
pub unsafe fn lent_aligned_bytes<'a>(
    ptr: *const u8,
    len: usize,
    align: usize,
    field: &str,
) -> Result<&'a [u8], PackError> {
    if len == 0 {
        // SAFETY: no bytes, at an address that is not null.
        return Ok(unsafe { std::slice::from_raw_parts(aligned_none(align).as_ptr(), 0) });
    }
    // SAFETY: the caller vouches for the pair.
    let bytes = unsafe { slice(ptr, len) };
    check_lent(bytes, align, field)?;
    Ok(bytes)
}

/// Go passes any pointer, null included, with an empty slice; Rust must not make a slice of it.
#[inline]
pub(crate) unsafe fn slice<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: not empty, so the caller vouches for the pair.
    unsafe { std::slice::from_raw_parts(ptr, len) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::NoCode;

    fn text_of(bytes: &[u8]) -> Result<String, Error<NoCode>> {
        // SAFETY: a slice of this stack.
        unsafe { text(bytes.as_ptr(), bytes.len(), "customer.name") }
    }

    #[test]
    fn text_is_copied() {
        assert_eq!(text_of("grüße".as_bytes()), Ok("grüße".to_owned()));
    }

    #[test]
    fn what_is_lent_is_where_it_was() {
        let of = "grüße".as_bytes();
        // SAFETY: a slice of this program.
        let (text, bytes) = unsafe {
            (
                lent_text::<NoCode>(of.as_ptr(), of.len(), "name"),
                lent_bytes(of.as_ptr(), of.len()),
            )
        };
        assert!(text.is_ok_and(|text| std::ptr::eq(text.as_bytes(), of)));
        assert!(std::ptr::eq(bytes, of));
    }

    #[test]
    fn text_that_is_not_utf_8_names_the_field_and_the_byte() {
        let error = text_of(b"ab\xffc").expect_err("invalid");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::InvalidArgument));
        assert!(
            error
                .message()
                .starts_with("customer.name: not valid UTF-8 at byte 2"),
            "{error}"
        );
    }

    #[test]
    fn aligned_bytes_are_lent_where_they_were_or_copied_to_where_they_should_be() {
        let whole = Buffer::zeroed(100, 64);
        let odd = &whole[1..];
        // SAFETY: slices of this stack.
        let (lent, refused, copied) = unsafe {
            (
                lent_aligned_bytes(whole.as_ptr(), whole.len(), 64, "page"),
                lent_aligned_bytes(odd.as_ptr(), odd.len(), 64, "page"),
                aligned_bytes(odd.as_ptr(), odd.len(), 64),
            )
        };
        assert!(lent.is_ok_and(|lent| std::ptr::eq(lent, &*whole)));
        assert!(refused.is_err());
        assert_eq!((copied.as_ptr().addr() % 64, copied.len()), (0, 99));
    }

    #[test]
    fn no_bytes_are_aligned_wherever_go_has_them() {
        // SAFETY: the length is 0.
        let lent = unsafe { lent_aligned_bytes(std::ptr::null(), 0, 4096, "page") };
        assert!(lent.is_ok_and(|lent| lent.as_ptr().addr() % 4096 == 0));
    }

    #[test]
    fn empty_input_may_come_with_a_null_pointer() {
        // SAFETY: the length is 0.
        let (text, bytes) = unsafe {
            (
                text::<NoCode>(std::ptr::null(), 0, "name"),
                bytes(std::ptr::null(), 0),
            )
        };
        assert_eq!(text, Ok(String::new()));
        assert!(bytes.is_empty());
    }
}
