//! Text that Go looks at without a copy.

use crate::bytes::Bytes;
use std::ops::{Deref, RangeBounds};
use std::sync::Arc;

/// Text that several owners share, on either side: what a response lends to Go. It is to `str` what [`Bytes`] is to
/// `[u8]`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text(Bytes);

impl Text {
    /// A part of the text, which shares it.
    ///
    /// # Panics
    /// When the range, in bytes, is not within the text, or does not lie between characters, as slices of `str` do.
    #[must_use]
    pub fn slice(&self, range: impl RangeBounds<usize>) -> Self {
        let part = self.0.slice(range);
        let start = part.as_ptr().addr() - self.0.as_ptr().addr();
        let (from, to) = (start, start + part.len());
        assert!(
            self.is_char_boundary(from) && self.is_char_boundary(to),
            "{from}..{to} does not lie between characters"
        );
        Self(part)
    }
}

impl Text {
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        // SAFETY: it is made of text, and of parts that lie between characters.
        unsafe { std::str::from_utf8_unchecked(&self.0) }
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<String> for Text {
    /// Takes the text over, without a copy.
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Arc<String>> for Text {
    fn from(text: Arc<String>) -> Self {
        Self(text.into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(Arc::<[u8]>::from(text).into())
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(text.as_bytes().into())
    }
}

impl From<Text> for Bytes {
    /// The bytes of the text, shared.
    fn from(text: Text) -> Self {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_text_shares_it() {
        let whole = Arc::new("grüße".to_owned());
        let text = Text::from(Arc::clone(&whole));
        assert!(std::ptr::eq(text.as_ptr(), whole.as_ptr()));
        assert_eq!((&*text, Arc::strong_count(&whole)), ("grüße", 2));
        let bytes = Bytes::from(text.clone());
        assert!(std::ptr::eq(bytes.as_ptr(), whole.as_ptr()));
        let of: [Text; 3] = [
            "grüße".into(),
            Arc::<str>::from("grüße").into(),
            (*whole).clone().into(),
        ];
        assert!(of.iter().all(|other| *other == text));
        assert_eq!(format!("{text:?}"), "\"grüße\"");
    }

    #[test]
    fn parts_of_a_text_share_it() {
        let text = Text::from("xgrüßex");
        let part = text.slice(1..).slice(..=6);
        assert_eq!(&*part, "grüße");
        assert!(std::ptr::eq(part.as_ptr(), &raw const text.as_bytes()[1]));
    }

    #[test]
    #[should_panic(expected = "does not lie between characters")]
    fn a_part_of_a_text_is_text() {
        let _ = Text::from("grüße").slice(3..);
    }
}
