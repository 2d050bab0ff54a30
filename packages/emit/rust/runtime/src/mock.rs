//! What stands in for a service of Go in tests.

use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::exchange::unpacked;
use crate::pack::{Pack, PackError, Packer};
use crate::panic::Caught;
use crate::record::Side;
use crate::unpack::UnpackOwned;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How a mock answers the calls of a method.
pub type MockFn<Q, R, C> = Box<dyn Fn(&Cx, Q) -> Result<R, Error<C>> + Send + Sync>;

/// Answers a call as `function` does, and copies and refuses what is passed and answered as crossing does.
///
/// # Errors
/// Those of the function; `PANIC` when it panicked; `UNIMPLEMENTED` when there is none.
pub fn mocked<Q: Pack + UnpackOwned, R: Pack + UnpackOwned, C: ErrorCode>(
    method: &'static str,
    cx: &Cx,
    request: &Q,
    function: Option<&MockFn<Q, R, C>>,
) -> Result<R, Error<C>> {
    let answered = cx.refuse_if_done().and_then(|()| {
        let request = copied(request)?;
        let Some(function) = function else {
            let message = format!("the mock has no function for {method}");
            return Err(Error::runtime(RuntimeCode::Unimplemented, message));
        };
        let answer = contained(|| function(cx, request))?;
        copied(&answer).map_err(|error| error.in_response())
    });
    answered.map_err(|error| error.in_method(Side::Rust, method))
}

fn copied<T: Pack + UnpackOwned>(value: &T) -> Result<T, PackError> {
    let mut packer = Packer::default();
    value.pack(&mut packer)?;
    unpacked(&packer.into_bytes())
}

fn contained<R, C: ErrorCode>(answer: impl FnOnce() -> Result<R, Error<C>>) -> Result<R, Error<C>> {
    // Unwind safe: what the function of a test leaves half changed is for that test to see.
    catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|payload| {
        let message = format!("the mock panicked: {}", Caught::new(payload).message());
        Err(Error::runtime(RuntimeCode::Panic, message))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::NoCode;

    fn call(function: Option<MockFn<String, String, NoCode>>) -> Result<String, Error> {
        let request = "x".to_owned();
        mocked("A.Do", &Cx::background(), &request, function.as_ref())
    }

    fn panics(_: &Cx, _: String) -> Result<String, Error> {
        panic!("on purpose")
    }

    // Rules C4, C8, C10 and G7
    #[test]
    fn a_mock_answers_as_its_function_does_and_contains_its_panics() {
        assert_eq!(
            call(Some(Box::new(|_, text| Ok(text + "y")))),
            Ok("xy".to_owned())
        );
        for (function, code, message) in [
            (
                None,
                RuntimeCode::Unimplemented,
                "the mock has no function for A.Do",
            ),
            (
                Some(Box::new(panics) as MockFn<_, _, _>),
                RuntimeCode::Panic,
                "the mock panicked: on purpose",
            ),
        ] {
            let error = call(function).expect_err(message);
            assert_eq!(error.runtime_code(), Some(code));
            assert_eq!((error.method(), error.message()), ("A.Do", message));
        }
    }
}
