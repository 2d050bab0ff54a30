//! Hints, and what their placeholders stand for.

use crate::record::Arg;

/// A piece of a hint as the contract writes it.
enum Piece<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// The hint for people: each `{name}` replaced by the argument of that name, or by `{name?}` when there is none.
pub(crate) fn render(hint: &str, args: &[Arg]) -> String {
    let mut text = String::with_capacity(hint.len());
    for piece in pieces(hint) {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Placeholder(name) => match args.iter().find(|arg| arg.name == name) {
                Some(arg) => text.push_str(&arg.value),
                None => text.extend(["{", name, "?}"]),
            },
        }
    }
    text
}

/// Whether rendering would change anything.
pub(crate) fn has_braces(hint: &str) -> bool {
    hint.bytes().any(|byte| matches!(byte, b'{' | b'}'))
}

/// Whether the hint has a placeholder of this name.
pub(crate) fn names(hint: &str, wanted: &str) -> bool {
    pieces(hint).any(|piece| matches!(piece, Piece::Placeholder(name) if name == wanted))
}

/// Doubled braces stand for themselves. Anything that the contract's check would refuse is text.
fn pieces(hint: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = hint;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.find(['{', '}']).unwrap_or(rest.len());
        let (piece, after) = if at > 0 {
            (Piece::Text(&rest[..at]), at)
        } else if rest.starts_with("{{") || rest.starts_with("}}") {
            (Piece::Text(&rest[..1]), 2)
        } else {
            match rest.find('}') {
                Some(end) if end > 0 => (Piece::Placeholder(&rest[1..end]), end + 1),
                _ => (Piece::Text(&rest[..1]), 1),
            }
        };
        rest = &rest[after..];
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arg(name: &'static str, value: &str) -> Arg {
        Arg {
            name: name.into(),
            value: value.to_owned(),
        }
    }

    // Rule E4
    #[test]
    fn placeholders_become_arguments() {
        let args = [arg("holder", "42 {pid}"), arg("n", "7")];
        for (hint, want) in [
            ("", ""),
            ("close it", "close it"),
            ("wait for {holder}", "wait for 42 {pid}"),
            ("{n}{n} of {holder}!", "77 of 42 {pid}!"),
            ("ask {owner} or wait", "ask {owner?} or wait"),
            ("{{n}} is {n}}}", "{n} is 7}"),
        ] {
            assert_eq!(render(hint, &args), want);
        }
    }

    #[test]
    fn what_no_contract_may_say_stays_as_it_is() {
        for hint in ["open {", "close }", "}{", "grüße {"] {
            assert_eq!(render(hint, &[]), hint);
        }
    }

    #[test]
    fn a_hint_knows_its_names() {
        assert!(names("wait for {holder}", "holder"));
        assert!(!names("wait for {{holder}}", "holder"));
        assert!(!names("wait for {holder}", "hold"));
    }
}
