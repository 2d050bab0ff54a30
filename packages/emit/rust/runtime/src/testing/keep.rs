//! What lives for as long as the tests run.

use std::any::Any;
use std::sync::{Mutex, PoisonError};

/// Keeps a value until the process ends. Unlike what is leaked it can be reached, so that who looks for leaks (miri,
/// valgrind) is told of none.
#[must_use]
pub fn keep<T: Send + Sync + 'static>(value: T) -> &'static T {
    static KEPT: Mutex<Vec<&'static (dyn Any + Send + Sync)>> = Mutex::new(Vec::new());
    let kept: &'static T = Box::leak(Box::new(value));
    KEPT.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(kept);
    kept
}
