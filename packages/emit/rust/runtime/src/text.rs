//! Text that Go looks at without a copy.

use crate::bytes::Bytes;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, RangeBounds};
use std::str::Utf8Error;
use std::sync::Arc;

/// Text that several owners share, on either side: what a response lends to Go. It is to `str` what [`Bytes`] is to
/// `[u8]`.
#[derive(Clone, Default)]
pub struct Text(Bytes);

impl Text {
    /// A part of the text, which shares it.
    ///
    /// # Panics
    /// When the range, in bytes, is not within the text, or does not lie between characters, as slices of `str` do.
    #[must_use]
    pub fn slice(&self, range: impl RangeBounds<usize>) -> Self {
        let part = &self[(range.start_bound().cloned(), range.end_bound().cloned())];
        Self(self.0.part(part.as_bytes()))
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
        // SAFETY: it is made of text, and of parts of one.
        unsafe { std::str::from_utf8_unchecked(&self.0) }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

/// A map by texts finds by `str` as well.
impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
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

impl TryFrom<Bytes> for Text {
    type Error = Utf8Error;

    /// Shares bytes that are UTF-8, which is checked once.
    fn try_from(bytes: Bytes) -> Result<Self, Utf8Error> {
        std::str::from_utf8(&bytes)?;
        Ok(Self(bytes))
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
    use std::collections::{BTreeSet, HashSet};

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
    #[should_panic(expected = "not a char boundary")]
    fn a_part_of_a_text_is_text() {
        let _ = Text::from("grüße").slice(3..);
    }

    // Proves O26 of Rust, bytes that are kept already. Expected: a text that shares them where they are UTF-8.
    #[test]
    fn bytes_that_are_text_become_one_without_a_copy() {
        let whole = Arc::new("xgrüße".as_bytes().to_vec());
        let bytes = Bytes::from(Arc::clone(&whole));
        let text = Text::try_from(bytes.slice(1..)).expect("it is UTF-8");
        assert_eq!(text, *"grüße");
        assert!(std::ptr::eq(text.as_ptr(), &raw const whole[1]));
        let failure = Text::try_from(bytes.slice(..4)).expect_err("it ends within a character");
        assert_eq!(failure.valid_up_to(), 3);
    }

    #[test]
    fn a_text_is_shown_compared_and_found_as_str_is() {
        let texts = BTreeSet::from([Text::from("b"), "c".into(), "a".into()]);
        assert_eq!(texts.iter().map(Text::to_string).collect::<String>(), "abc");
        assert_eq!(texts.first(), Some(&Text::from("a")));
        assert_eq!(Text::from("a"), "a");
        let found: HashSet<Text> = texts.into_iter().collect();
        assert!(found.contains("b") && !found.contains("d"));
        assert_eq!(format!("{:>3}|", Text::from("ß")), "  ß|");
    }
}
