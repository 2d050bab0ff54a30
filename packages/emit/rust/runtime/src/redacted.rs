//! What stands for a value that the contract calls redacted.

use std::fmt;

/// Shown in the place of a value that the contract calls redacted.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}
