//! What makes the error of a result an error of a method.

use crate::code::ErrorCode;
use crate::error::Error;
use std::error::Error as StdError;

/// `fs::read(path).or_fail(StoreErrorCode::Unreadable, "reading the index")?`, and the like.
pub trait ResultExt<T, E> {
    /// Fails with `code` and `message`; the error that there was becomes the cause. For a message that is put together,
    /// or arguments, write `map_err(|error| code.error(…).caused_by(error))`.
    ///
    /// # Errors
    /// When the result is an error.
    #[track_caller]
    fn or_fail<C: ErrorCode>(self, code: C, message: &str) -> Result<T, Error<C>>
    where
        E: Into<Box<dyn StdError + Send + Sync>>;
}

/// `orders.place(cx, order).forward()?` in a method with another error domain than that of the call.
pub trait ForwardExt<T> {
    /// Passes an error on as it is: see [`Error::forward`], which `map_err(Error::forward)` would give a place within
    /// the standard library.
    ///
    /// # Errors
    /// When the result is an error.
    #[track_caller]
    fn forward<D: ErrorCode>(self) -> Result<T, Error<D>>;
}

impl<T, E> ResultExt<T, E> for Result<T, E> {
    fn or_fail<C: ErrorCode>(self, code: C, message: &str) -> Result<T, Error<C>>
    where
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        match self {
            Ok(value) => Ok(value),
            Err(error) => Err(Error::new(code, message).caused_by(error)),
        }
    }
}

impl<T, C: ErrorCode> ForwardExt<T> for Result<T, Error<C>> {
    fn forward<D: ErrorCode>(self) -> Result<T, Error<D>> {
        match self {
            Ok(value) => Ok(value),
            Err(error) => Err(error.forward()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::NoCode;
    use crate::code::tests::TestCode;

    // Rules E7 and E9
    #[test]
    fn a_failure_gets_a_code_and_keeps_its_cause_and_place() {
        let result: Result<u8, _> = "x".parse().or_fail(TestCode::Locked, "no number");
        let line = line!() - 1;
        let record = result.expect_err("not a number").record();
        assert_eq!((record.code, record.message.as_str()), (7, "no number"));
        assert_eq!(record.causes[0].message, "invalid digit found in string");
        assert!(
            record.hops[0]
                .location
                .starts_with(&format!("src/result_ext.rs:{line}:"))
        );
        assert_eq!("7".parse::<u8>().or_fail(TestCode::Locked, ""), Ok(7));
    }

    // Rule E16
    #[test]
    fn a_result_is_passed_on() {
        let failed: Result<u8, _> = Err(Error::new(TestCode::Locked, "held"));
        let passed = failed.forward::<NoCode>().expect_err("an error");
        assert!(passed.is(TestCode::Locked));
        let fine: Result<u8, Error<TestCode>> = Ok(7);
        assert_eq!(fine.forward::<NoCode>(), Ok(7));
    }
}
