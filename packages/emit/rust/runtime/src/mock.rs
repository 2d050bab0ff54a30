//! What stands in for a service of Go in tests.

use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::exchange::unpacked;
use crate::mock_log::MockLog;
use crate::pack::{Pack, PackError, Packer};
use crate::panic::Caught;
use crate::record::Side;
use crate::unpack::{UnpackOwned, Unpacker};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How a mock answers the calls of a method.
pub type MockFn<Q, R, C> = Box<dyn Fn(&Cx, Q) -> Result<R, Error<C>> + Send + Sync>;

/// Answers a call as `function` does, records it where there is a log, and copies and refuses what is passed and answered
/// as crossing does.
///
/// # Errors
/// Those of the function; `PANIC` when it panicked; `UNIMPLEMENTED` when there is none.
pub fn mocked<Q: Pack + UnpackOwned + Send + 'static, R: Pack + UnpackOwned, C: ErrorCode>(
    method: &'static str,
    log: Option<&MockLog>,
    cx: &Cx,
    request: &Q,
    function: Option<&MockFn<Q, R, C>>,
) -> Result<R, Error<C>> {
    answered(method, log, cx, request, function, |answer| copied(&answer))
}

/// The same of a method that returns an object, of which nothing is copied.
///
/// # Errors
/// As of [`mocked`].
pub fn mocked_object<Q: Pack + UnpackOwned + Send + 'static, R, C: ErrorCode>(
    method: &'static str,
    log: Option<&MockLog>,
    cx: &Cx,
    request: &Q,
    function: Option<&MockFn<Q, R, C>>,
) -> Result<R, Error<C>> {
    answered(method, log, cx, request, function, Ok)
}

/// How a mock answers the calls of a method that is given an object `G` of this side.
pub type MockGivenFn<Q, G, R, C> = Box<dyn Fn(&Cx, Q, G) -> Result<R, Error<C>> + Send + Sync>;

/// The same of a method that is given an object, which is as Go would hold it.
///
/// # Errors
/// As of [`mocked`].
pub fn mocked_given<
    Q: Pack + UnpackOwned + Send + 'static,
    G,
    R: Pack + UnpackOwned,
    C: ErrorCode,
>(
    method: &'static str,
    log: Option<&MockLog>,
    cx: &Cx,
    request: &Q,
    given: G,
    function: Option<&MockGivenFn<Q, G, R, C>>,
) -> Result<R, Error<C>> {
    let answer = function.map(|function| |cx: &Cx, request| function(cx, request, given));
    answered(method, log, cx, request, answer, |answer| copied(&answer))
}

/// The same of a method that is given an object and returns one.
///
/// # Errors
/// As of [`mocked`].
pub fn mocked_given_object<Q: Pack + UnpackOwned + Send + 'static, G, R, C: ErrorCode>(
    method: &'static str,
    log: Option<&MockLog>,
    cx: &Cx,
    request: &Q,
    given: G,
    function: Option<&MockGivenFn<Q, G, R, C>>,
) -> Result<R, Error<C>> {
    let answer = function.map(|function| |cx: &Cx, request| function(cx, request, given));
    answered(method, log, cx, request, answer, Ok)
}

/// How a mock answers its close.
pub type MockCloseFn = Box<dyn FnOnce() -> Result<(), Error> + Send + Sync>;

/// Closes a mock as `function` does, which it takes; `method` names that for people.
///
/// # Errors
/// Those of the function; `PANIC` when it panicked.
pub fn mocked_close(
    method: &'static str,
    log: Option<&MockLog>,
    function: &mut Option<MockCloseFn>,
) -> Result<(), Error> {
    if let Some(log) = log {
        log.record(method, ());
    }
    function.take().map_or(Ok(()), contained)
}

fn answered<Q: Pack + UnpackOwned + Send + 'static, R, C: ErrorCode>(
    method: &'static str,
    log: Option<&MockLog>,
    cx: &Cx,
    request: &Q,
    function: Option<impl FnOnce(&Cx, Q) -> Result<R, Error<C>>>,
    cross: impl FnOnce(R) -> Result<R, PackError>,
) -> Result<R, Error<C>> {
    let answered = cx.refuse_if_done().and_then(|()| {
        if let Some(log) = log {
            log.record(method, copied(request)?);
        }
        let request = copied(request)?;
        let Some(function) = function else {
            let message = format!("the mock has no function for {method}");
            return Err(Error::runtime(RuntimeCode::Unimplemented, message));
        };
        let answer = contained(|| function(cx, request))?;
        cross(answer).map_err(|error| error.in_response())
    });
    answered.map_err(|error| error.in_method(Side::Rust, method))
}

fn copied<T: Pack + UnpackOwned>(value: &T) -> Result<T, PackError> {
    let mut packer = Packer::of_flattened();
    value.pack(&mut packer)?;
    unpacked(Unpacker::of_own(&packer.into_bytes()))
}

pub(crate) fn contained<R, C: ErrorCode>(
    answer: impl FnOnce() -> Result<R, Error<C>>,
) -> Result<R, Error<C>> {
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
    use crate::unpack::Unpack;

    fn call(function: Option<MockFn<String, String, NoCode>>) -> Result<String, Error> {
        let request = "x".to_owned();
        mocked("A.Do", None, &Cx::background(), &request, function.as_ref())
    }

    fn panics(_: &Cx, _: String) -> Result<String, Error> {
        panic!("on purpose")
    }

    /// A message that contains itself, and one of more members than are flattened.
    #[derive(Debug, Clone, PartialEq, Default)]
    struct Tower {
        large: Option<Large>,
        flat: Option<Flat>,
        next: Option<Box<Tower>>,
    }

    #[derive(Debug, Clone, PartialEq, Default)]
    struct Flat {
        towers: Vec<Tower>,
    }

    #[derive(Debug, Clone, PartialEq, Default)]
    struct Large {
        tower: Option<Box<Tower>>,
    }

    impl Pack for Tower {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            packer.nested(|packer| {
                packer.packed("large", &self.large)?;
                packer.field("flat", &self.flat)?;
                packer.packed("next", &self.next)
            })
        }
    }

    impl Unpack<'_> for Tower {
        fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
            unpacker.nested(|unpacker| {
                Ok(Self {
                    large: unpacker.field("large")?,
                    flat: unpacker.field("flat")?,
                    next: unpacker.field("next")?,
                })
            })
        }
    }

    impl Pack for Flat {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            packer.nested(|packer| packer.limited("towers", &self.towers, 1))
        }
    }

    impl Unpack<'_> for Flat {
        fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
            let towers = unpacker.nested(|unpacker| unpacker.limited("towers", 1))?;
            Ok(Self { towers })
        }
    }

    impl Pack for Large {
        fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {
            packer.nested(|packer| packer.packed("tower", &self.tower))
        }
    }

    impl Unpack<'_> for Large {
        fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
            let tower = unpacker.nested(|unpacker| unpacker.field("tower"))?;
            Ok(Self { tower })
        }
    }

    fn tower(height: usize) -> Tower {
        (1..height).fold(Tower::default(), |tower, _| Tower {
            next: Some(Box::new(tower)),
            ..Tower::default()
        })
    }

    // Rules G7 and L10: depth counts from where a call begins to pack, of what is passed and of what is answered.
    #[test]
    fn a_mock_counts_depth_where_a_call_does() {
        let on_top = tower;
        let in_list = |height| Tower {
            flat: Some(Flat {
                towers: vec![tower(height)],
            }),
            ..Tower::default()
        };
        let in_large = |height| Tower {
            large: Some(Large {
                tower: Some(Box::new(tower(height))),
            }),
            ..Tower::default()
        };
        let after_others = |height| Tower {
            large: Some(Large::default()),
            flat: Some(Flat {
                towers: vec![Tower::default()],
            }),
            ..tower(height)
        };
        let echo: MockFn<Tower, Tower, NoCode> = Box::new(|_, tower| Ok(tower));
        let deepen: MockFn<Tower, Tower, NoCode> = Box::new(|_, next| {
            Ok(Tower {
                next: Some(Box::new(next)),
                ..Tower::default()
            })
        });
        let call = |tower: &Tower, function| {
            mocked("A.Do", None, &Cx::background(), tower, Some(function))
                .map_err(|error| (error.runtime_code(), error.message().to_owned()))
        };
        let refused = |code, path: &str| {
            let message = format!("{path}: messages lie in each other more than 100 deep");
            Err((Some(code), message))
        };
        for (fits, is_too_deep, path) in [
            (on_top(101), on_top(102), ["next"; 101].join(".")),
            (
                in_list(100),
                in_list(101),
                format!("flat.towers[0]{}", ".next".repeat(100)),
            ),
            (
                in_large(99),
                in_large(100),
                format!("large.tower{}", ".next".repeat(99)),
            ),
            (
                after_others(101),
                after_others(102),
                ["next"; 101].join("."),
            ),
        ] {
            assert_eq!(call(&fits, &echo), Ok(fits));
            let code = RuntimeCode::InvalidArgument;
            assert_eq!(call(&is_too_deep, &echo), refused(code, &path));
        }
        let code = RuntimeCode::InvalidResponse;
        let path = ["next"; 101].join(".");
        assert_eq!(call(&tower(101), &deepen), refused(code, &path));
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
