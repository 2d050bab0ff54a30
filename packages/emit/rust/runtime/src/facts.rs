//! What an error says by virtue of its code, and how it becomes a record.

use crate::canonical::Canonical;
use crate::cause;
use crate::code::{ErrorCode, Retry};
use crate::disclosure::{Shown, WITHHELD};
use crate::error::Inner;
use crate::record::{Arg, ErrorRecord, Hop, Side};
use crate::{hint, place};
use std::borrow::Cow;

/// The code of an error and what the contract says about it: by value, so that an error can have a code of a domain that
/// is unknown here.
#[derive(Clone)]
pub(crate) struct Facts {
    pub(crate) domain: Cow<'static, str>,
    pub(crate) number: i32,
    pub(crate) name: Cow<'static, str>,
    pub(crate) retry: Retry,
    pub(crate) canonical: Canonical,
    pub(crate) redacts: bool,
    hint: Hint,
}

#[derive(Clone)]
enum Hint {
    /// As the contract has it.
    Template(&'static str),
    /// As the other side rendered it.
    Rendered(Cow<'static, str>),
}

impl Facts {
    pub(crate) fn of<C: ErrorCode>(code: C) -> Self {
        Self {
            domain: C::DOMAIN.into(),
            number: code.number(),
            name: code.name().into(),
            retry: code.retry(),
            canonical: code.canonical(),
            redacts: code.redacts_message(),
            hint: Hint::Template(code.hint()),
        }
    }

    pub(crate) fn received(record: &ErrorRecord) -> Self {
        Self {
            domain: record.domain.clone(),
            number: record.code,
            name: record.name.clone(),
            retry: record.retry,
            canonical: record.canonical.unwrap_or(record.retry.canonical()),
            // The side where it was made has judged what may be seen of it.
            redacts: false,
            hint: Hint::Rendered(record.hint.clone()),
        }
    }

    /// The code, when it is one of `C`.
    pub(crate) fn code<C: ErrorCode>(&self) -> Option<C> {
        if self.domain == C::DOMAIN {
            C::from_number(self.number)
        } else {
            None
        }
    }

    pub(crate) fn hint(&self, args: &[Arg]) -> Cow<'static, str> {
        match &self.hint {
            Hint::Template(text) if !hint::has_braces(text) => Cow::Borrowed(text),
            Hint::Template(text) => hint::render(text, args).into(),
            Hint::Rendered(text) => text.clone(),
        }
    }

    /// Of a redacted error only the arguments are shown that the contract itself shows.
    fn is_shown(&self, arg: &Arg, shown: Shown) -> bool {
        let is_named = match &self.hint {
            Hint::Template(text) => hint::names(text, &arg.name),
            Hint::Rendered(_) => true,
        };
        !self.redacts || shown.redacted || is_named
    }
}

impl Inner {
    /// The error as it leaves this side by `hop`, which gets the place from here.
    pub(crate) fn record(&self, shown: Shown, hop: Hop) -> ErrorRecord {
        let facts = &self.facts;
        let is_withheld = facts.redacts && !shown.redacted && !self.message.is_empty();
        let args = self.args.iter().filter(|arg| facts.is_shown(arg, shown));
        let own = Hop {
            side: Side::Rust,
            location: self.location.map(place::of).unwrap_or_default(),
            ..hop
        };
        ErrorRecord {
            domain: facts.domain.clone(),
            code: facts.number,
            name: facts.name.clone(),
            message: if is_withheld {
                WITHHELD.to_owned()
            } else {
                self.message.clone()
            },
            hint: facts.hint(&self.args),
            args: args.cloned().collect(),
            retry: facts.retry,
            retry_after: self.retry_after,
            canonical: Some(facts.canonical),
            causes: cause::chain(self.cause.as_deref().map(|cause| cause as _), shown),
            hops: self.hops.iter().cloned().chain([own]).collect(),
            backtrace: self.backtrace_text(shown),
        }
    }

    /// One that came from the other side has been judged there.
    fn backtrace_text(&self, shown: Shown) -> String {
        match &self.backtrace {
            Some(own) if shown.foreign => place::of_backtrace(&own.to_string()),
            _ => self.received_backtrace.clone(),
        }
    }
}
