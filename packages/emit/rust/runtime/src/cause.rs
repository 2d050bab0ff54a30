//! What led to an error: walks the `source()` of errors, and finds those of bridges among them.

use crate::disclosure::{Shown, WITHHELD};
use crate::record::Cause;
use std::cell::RefCell;
use std::error::Error as StdError;
use std::fmt;

/// Where a chain is cut: one that is longer goes in a circle, or tells nobody anything.
const LONGEST: usize = 32;

/// What an error of a bridge says about itself as a cause.
pub(crate) struct Identified {
    pub(crate) cause: Cause,
    pub(crate) redacts: bool,
}

thread_local! {
    /// `Some` while [`identify`] asks.
    static QUESTION: RefCell<Option<Option<Identified>>> = const { RefCell::new(None) };
}

/// The chain that begins with `first`, as far as it may be shown. A run of texts that may not be is one withheld cause.
pub(crate) fn chain(first: Option<&(dyn StdError + 'static)>, shown: Shown) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    let mut next = first;
    while let Some(error) = next
        && causes.len() < LONGEST
    {
        let (identified, source) = identify(error);
        let cause = match identified {
            Some(it) if it.redacts && !shown.redacted => Cause {
                message: WITHHELD.to_owned(),
                ..it.cause
            },
            Some(it) => it.cause,
            None if shown.foreign => foreign(error.to_string()),
            None => foreign(WITHHELD.to_owned()),
        };
        if cause.message != WITHHELD || causes.last() != Some(&cause) {
            causes.push(cause);
        }
        next = source;
    }
    causes
}

fn foreign(message: String) -> Cause {
    Cause {
        message,
        ..Cause::default()
    }
}

/// Asks an error what it is, and for its source. The type of an error of a bridge depends on its domain, so there is
/// none to look for: instead, an error of a bridge answers here when it is asked for its source. One that stands
/// transparently for another passes the question on with the call.
fn identify<'a>(
    error: &'a (dyn StdError + 'static),
) -> (Option<Identified>, Option<&'a (dyn StdError + 'static)>) {
    QUESTION.set(Some(None));
    let source = error.source();
    let identified = QUESTION.take().flatten();
    (identified, source)
}

/// For the `source()` of the errors of bridges: says what they are, if anybody asks.
pub(crate) fn answer(identified: impl FnOnce() -> Identified) {
    let _ = QUESTION.try_with(|question| {
        if let Ok(mut question) = question.try_borrow_mut()
            && let Some(answer @ None) = question.as_mut()
        {
            *answer = Some(identified());
        }
    });
}

/// Causes that came from the other side, as errors of this one.
#[derive(Debug)]
pub(crate) struct Received {
    cause: Cause,
    next: Option<Box<Received>>,
}

impl Received {
    pub(crate) fn of(causes: Vec<Cause>) -> Option<Self> {
        let link = |next: Option<Self>, cause| {
            Some(Self {
                cause,
                next: next.map(Box::new),
            })
        };
        causes.into_iter().rev().fold(None, link)
    }
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cause { name, message, .. } = &self.cause;
        match (name.as_ref(), message.as_str()) {
            ("", message) => f.write_str(message),
            (name, "") => f.write_str(name),
            (name, message) => write!(f, "{name}: {message}"),
        }
    }
}

impl StdError for Received {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The other side has judged what of it may be seen.
        answer(|| Identified {
            cause: self.cause.clone(),
            redacts: false,
        });
        self.next.as_deref().map(|next| next as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::tests::TestCode;
    use crate::error::Error;

    #[derive(Debug)]
    struct Wrapper(&'static str, Box<dyn StdError + Send + Sync>);

    impl fmt::Display for Wrapper {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Wrapper {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&*self.1)
        }
    }

    #[derive(Debug)]
    struct Transparent(Error<TestCode>);

    impl fmt::Display for Transparent {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }

    impl StdError for Transparent {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            self.0.source()
        }
    }

    fn told(error: &(dyn StdError + 'static), shown: Shown) -> Vec<(i32, String)> {
        chain(Some(error), shown)
            .into_iter()
            .map(|cause| (cause.code, cause.message))
            .collect()
    }

    fn example() -> Wrapper {
        let ours =
            Error::new(TestCode::Locked, "held by 42").caused_by(Wrapper("disk", "full".into()));
        Wrapper(
            "opening",
            Box::new(Wrapper("locking", Box::new(Transparent(ours)))),
        )
    }

    // Rule E9
    #[test]
    fn a_chain_knows_the_errors_of_bridges_in_it() {
        assert_eq!(
            told(&example(), Shown::ALL),
            [
                (0, "opening"),
                (0, "locking"),
                (7, "held by 42"),
                (0, "disk"),
                (0, "full")
            ]
            .map(|(code, text)| (code, text.to_owned()))
        );
    }

    // Rule E12
    #[test]
    fn texts_that_may_not_be_shown_are_one_withheld_cause() {
        assert_eq!(
            told(&example(), Shown::NOTHING),
            [(0, WITHHELD), (7, "held by 42"), (0, WITHHELD)]
                .map(|(code, text)| (code, text.to_owned()))
        );
        let secret = Error::new(TestCode::Secret, "1234");
        assert_eq!(told(&secret, Shown::NOTHING), [(8, WITHHELD.to_owned())]);
    }

    #[test]
    fn a_chain_that_goes_in_a_circle_ends() {
        #[derive(Debug)]
        struct Circle;
        impl fmt::Display for Circle {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("round")
            }
        }
        impl StdError for Circle {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(&Circle)
            }
        }
        assert_eq!(told(&Circle, Shown::ALL).len(), LONGEST);
    }

    // Rule E16
    #[test]
    fn causes_of_the_other_side_stay_what_they_were() {
        let causes = chain(Some(&example()), Shown::ALL);
        let received = Received::of(causes.clone()).expect("causes");
        assert_eq!(chain(Some(&received), Shown::NOTHING), causes);
        assert_eq!(received.to_string(), "opening");
    }
}
