//! Implementation of `vault.v1.Vault`.

mod crash;
mod generated;

pub use generated::*;

use grout::{Cx, Error, ErrorCode, ForwardExt, ResultExt, RuntimeCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What the error hook of this process saw last.
static LAST_ERROR: Mutex<String> = Mutex::new(String::new());

/// Serves the calls, and counts them.
#[derive(Debug)]
pub struct Service {
    calls: AtomicU32,
    drops: AtomicU32,
    door: Mutex<u32>,
}

impl Default for Service {
    fn default() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        if std::env::var_os("GROUT_TEST_FIRST_FAILS").is_some()
            && MADE.fetch_add(1, Ordering::Relaxed) == 0
        {
            panic!("the vault is still closed");
        }
        grout::set_error_hook(|error| {
            let hop = error.hops.last().expect("the way out");
            let causes: String =
                (error.causes.iter().map(|it| format!(": {}", it.message))).collect();
            let told = format!("{} {}: {}{causes}", hop.method, error.name, error.message);
            *LAST_ERROR.lock().unwrap_or_else(PoisonError::into_inner) = told;
        });
        Self {
            calls: AtomicU32::new(0),
            drops: AtomicU32::new(0),
            door: Mutex::new(0),
        }
    }
}

impl Service {
    fn opened(&self, note: String) -> OpenResponse {
        OpenResponse {
            calls: self.calls.fetch_add(1, Ordering::Relaxed) + 1,
            drops: self.drops.load(Ordering::Relaxed),
            note,
        }
    }

    /// A panic while the door is held, which poisons the door's lock but does not leave it locked.
    fn panic_at_the_door(&self) -> ! {
        let _guard = CountsDrops(&self.drops);
        let mut door = self.door.lock().unwrap_or_else(PoisonError::into_inner);
        *door += 1;
        panic!("at the door, holding key 1234");
    }

    fn door(&self) -> String {
        match self.door.try_lock() {
            Ok(_) => "open".to_owned(),
            Err(std::sync::TryLockError::Poisoned(_)) => "open, though poisoned".to_owned(),
            Err(std::sync::TryLockError::WouldBlock) => "locked for ever".to_owned(),
        }
    }
}

struct CountsDrops<'a>(&'a AtomicU32);

impl Drop for CountsDrops<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// An error of somebody else's, around one of ours, around one of the system.
fn read_the_key() -> Result<(), VaultError> {
    #[derive(Debug)]
    struct Outer(AuditError);
    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("asking for key 1234")
        }
    }
    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    let read = std::fs::read("/nonexistent/key-1234");
    let asked = read.or_fail(AuditErrorCode::NotAllowed, "the key cannot be read");
    asked
        .map_err(Outer)
        .or_fail(VaultErrorCode::StaleKey, "no key")?;
    Ok(())
}

fn runtime_error(number: &str) -> VaultError {
    let number = number.parse().expect("a number");
    let code = RuntimeCode::from_number(number).expect("a code of the runtime");
    code.error("as told")
}

impl Vault for Service {
    fn open(&self, _cx: &Cx, request: OpenRequest) -> Result<OpenResponse, VaultError> {
        match request.how.as_str() {
            "locked" => Err(VaultErrorCode::Locked
                .error("held by session 42")
                .with("holder", "Ada")
                .with("session", 42)
                .retry_in(Duration::from_millis(1500))),
            "locked by nobody" => Err(VaultErrorCode::Locked.error("").with("session", 42)),
            "stale" => Err(VaultErrorCode::StaleKey.error("")),
            "password" => Err(VaultErrorCode::WrongPassword
                .error("it is not 1234")
                .with("owner", "root")
                .with("password", "1234")),
            "caused" => read_the_key().map(|()| OpenResponse::default()),
            "panic" => panic!("the vault exploded with key 1234 in it"),
            "panic with a value" => std::panic::panic_any(1234),
            "panic at the door" => self.panic_at_the_door(),
            "panic in a thread" => std::thread::spawn(|| panic!("in a thread with key 1234"))
                .join()
                .or_else(|payload| std::panic::resume_unwind(payload)),
            how => match how.strip_prefix("runtime ") {
                Some(number) => Err(runtime_error(number)),
                None => Ok(self.opened(crash::on_demand(how))),
            },
        }
    }

    fn audit(&self, _cx: &Cx, _: OpenRequest) -> Result<OpenResponse, AuditError> {
        Err(AuditErrorCode::NotAllowed.error("ask for permission"))
    }

    fn ping(&self, cx: &Cx, request: OpenRequest) -> Result<OpenResponse, Error> {
        match request.how.as_str() {
            "audit" => self.audit(cx, request).forward(),
            "the hook" => {
                let told = LAST_ERROR.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(self.opened(told.clone()))
            }
            _ => Ok(self.opened(self.door())),
        }
    }

    fn relay(&self, _cx: &Cx, request: RelayRequest) -> Result<OpenResponse, VaultError> {
        let received: AuditError = Error::from_record(grout::ffi::decode_error(&request.error));
        if received.code() == Some(AuditErrorCode::NotAllowed) {
            return Ok(self.opened(received.message().to_owned()));
        }
        Err(received).forward()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(how: &str) -> Result<OpenResponse, VaultError> {
        let how = how.to_owned();
        Service::default().open(&Cx::background(), OpenRequest { how })
    }

    #[test]
    fn an_error_has_a_code_that_tests_can_compare() {
        assert_eq!(open("stale"), Err(VaultErrorCode::StaleKey.error("")));
        let locked = open("locked").expect_err("locked");
        assert_eq!(locked.code(), Some(VaultErrorCode::Locked));
        assert_eq!(locked.arg("holder"), Some("Ada"));
        assert_eq!(
            locked.hint(),
            "wait for Ada, or close session 42 ({force} closes all)"
        );
    }

    #[test]
    fn causes_lead_to_the_bottom() {
        let record = open("caused").expect_err("caused").record();
        let names: Vec<&str> = record
            .causes
            .iter()
            .map(|cause| cause.name.as_ref())
            .collect();
        assert_eq!(names, ["", "NOT_ALLOWED", ""]);
    }
}
