//! What is checked of errors.

use crate::error::{Error, RuntimeCode};

/// Makes sure that a call of `service` fails with an error of the runtime, of that method and with that message.
///
/// # Panics
/// When it does not.
#[track_caller]
pub fn check_error(
    service: &str,
    outcome: Result<(), Error>,
    code: RuntimeCode,
    method: &str,
    message: &str,
) {
    let Err(error) = outcome else {
        panic!("{service}: {method} succeeds, want {code:?}: {message}");
    };
    let got = (error.runtime_code(), error.method(), error.message());
    assert_eq!(got, (Some(code), method, message), "{service}: {error}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Side;

    fn fails() -> Result<(), Error> {
        Err(Error::runtime(RuntimeCode::Panic, "on purpose").in_method(Side::Go, "A.Do"))
    }

    #[test]
    fn the_error_that_is_wanted_passes() {
        check_error("a", fails(), RuntimeCode::Panic, "A.Do", "on purpose");
    }

    #[test]
    #[should_panic(expected = "succeeds")]
    fn success_does_not() {
        check_error("a", Ok(()), RuntimeCode::Panic, "A.Do", "on purpose");
    }

    #[test]
    #[should_panic(expected = "on purpose")]
    fn another_message_does_not() {
        check_error("a", fails(), RuntimeCode::Panic, "A.Do", "by chance");
    }

    #[test]
    #[should_panic(expected = "A.Do")]
    fn another_method_does_not() {
        check_error("a", fails(), RuntimeCode::Panic, "A.Undo", "on purpose");
    }
}
