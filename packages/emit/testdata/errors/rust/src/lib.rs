//! Implementation of `vault.v1.Vault`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};
use std::sync::atomic::{AtomicU32, Ordering};

/// Serves the calls, and counts them.
#[derive(Debug, Default)]
pub struct Service {
    calls: AtomicU32,
}

impl Service {
    fn opened(&self) -> OpenResponse {
        let calls = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        OpenResponse { calls }
    }
}

impl Vault for Service {
    fn open(&self, _cx: &Cx, request: OpenRequest) -> Result<OpenResponse, VaultError> {
        match request.how.as_str() {
            "locked" => Err(VaultErrorCode::Locked.error("held by session 42")),
            "stale" => Err(VaultErrorCode::StaleKey.error("")),
            "password" => Err(VaultErrorCode::WrongPassword.error("it is not 1234")),
            "panic" => panic!("the vault exploded"),
            "panic with a value" => std::panic::panic_any(42),
            _ => Ok(self.opened()),
        }
    }

    fn audit(&self, _cx: &Cx, _: OpenRequest) -> Result<OpenResponse, AuditError> {
        Err(AuditErrorCode::NotAllowed.error("ask for permission"))
    }

    fn ping(&self, _cx: &Cx, _: OpenRequest) -> Result<OpenResponse, Error> {
        Ok(self.opened())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_a_code_that_tests_can_compare() {
        let how = "locked".to_owned();
        let result = Service::default().open(&Cx::background(), OpenRequest { how });
        assert_eq!(
            result,
            Err(VaultErrorCode::Locked.error("held by session 42"))
        );
    }
}
