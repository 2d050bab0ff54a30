//! The hook through which an operator sees errors whole.

use crate::panic::contain;
use crate::record::ErrorRecord;
use std::sync::{Arc, PoisonError, RwLock};

type Hook = Arc<dyn Fn(&ErrorRecord) + Send + Sync>;

static HOOK: RwLock<Option<Hook>> = RwLock::new(None);

/// Calls `hook` with each error that leaves Rust, before anything of it is withheld: the place to log what callers do
/// not get to see. It replaces the hook that was set before. The last hop of the record names the method.
///
/// The hook runs on the thread of the call, which waits for it. A panic of the hook is contained.
pub fn set_error_hook(hook: impl Fn(&ErrorRecord) + Send + Sync + 'static) {
    *HOOK.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(hook));
}

/// Shows the hook, if there is one, what `whole` makes.
pub(crate) fn tell(whole: impl FnOnce() -> ErrorRecord) {
    let hook = HOOK.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(hook) = hook {
        contain(|| hook(&whole()));
    }
}
