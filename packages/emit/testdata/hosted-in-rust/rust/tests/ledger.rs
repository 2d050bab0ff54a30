//! What only the real implementation can show.
#![cfg(feature = "archive")]

use geo_rust::Place;
use grout::{Cx, RuntimeCode};
use ledger_rust::{
    Balance, BreakRequest, Client, Entry, Kind, Ledger, LedgerErrorCode, Mock, PostRequest,
    PostRequestCaller, WaitRequest, connect,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

fn client() -> Client {
    connect().expect("the archive fits")
}

fn post(account: &str, entries: Vec<Entry>) -> PostRequest {
    PostRequest {
        account: account.to_owned(),
        entries,
        at: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(7)),
        caller: Some(PostRequestCaller::Machine(3)),
        place: Some(town()),
        corrects: None,
    }
}

/// A message of a bridge that has nothing else.
fn town() -> Place {
    Place {
        precision: geo_rust::Precision::Town,
        name: "Bern".to_owned(),
        ..Place::default()
    }
}

// Rules G1, L1 to L12, and L13: values arrive in Go and come back, short and longer than a tail.
#[test]
fn go_answers() {
    let cx = Cx::background().with_deadline(SystemTime::now() + Duration::from_secs(60));
    let entry = |amount, receipt| Entry {
        amount,
        receipt: Some(vec![7; receipt]),
        kind: Kind::Credit,
        labels: BTreeMap::from([("of".to_owned(), amount.to_string())]),
    };
    let balance = client().post(&cx, post("cash", vec![entry(2, 3), entry(0, 1_000)]));
    let balance = balance.expect("an account that exists");
    assert_eq!(balance.receipts, vec![7; 1_003]);
    assert_eq!(
        balance.at,
        Some(SystemTime::UNIX_EPOCH + Duration::from_secs(7))
    );
    assert_eq!(balance.labels["of"], "0");
    assert_eq!(balance.place, Some(town()));
    let left = balance.left.expect("a deadline").as_nanos();
    assert!(left > 0 && left < 60_000_000_000, "{left}");
}

/// A request that corrects another, which does so as well, so many in each other.
fn corrections(depth: u32) -> PostRequest {
    (1..depth).fold(post("cash", Vec::new()), |wrong, _| PostRequest {
        corrects: Some(Box::new(wrong)),
        ..post("cash", Vec::new())
    })
}

// Rules G7 and L10: the mock and Go draw the line at the same depth, as only what is packed is counted.
#[test]
fn messages_lie_in_each_other_as_deep_in_go_as_in_its_mock() {
    let (go, cx) = (client(), Cx::background());
    let mock = Mock::default().on_post(|_, _| Ok(Balance::default()));
    let services: [&dyn Ledger; 2] = [&go, &mock];
    for service in services {
        assert!(service.post(&cx, corrections(101)).is_ok());
        let error = service.post(&cx, corrections(102)).expect_err("too deep");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::InvalidArgument));
        let path = ["corrects"; 101].join(".");
        let message = format!("{path}: messages lie in each other more than 100 deep");
        assert_eq!(error.message(), message);
    }
}

// Rules G4 and E1: an error of Go is typed, with all that it has; what no contract knows stays there.
#[test]
fn errors_of_go_are_typed() {
    let error = client()
        .post(&Cx::background(), post("till", Vec::new()))
        .expect_err("no such account");
    assert_eq!(error.code(), Some(LedgerErrorCode::NoAccount));
    assert_eq!(
        (error.method(), error.message()),
        ("Ledger.Post", "unknown")
    );
    assert_eq!(error.hint(), "open till first");
    let error = client()
        .post(&Cx::background(), post("frozen", Vec::new()))
        .expect_err("frozen");
    assert_eq!(error.code(), Some(LedgerErrorCode::Frozen));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    let record = error.record();
    assert!(record.causes[0].message.contains("withheld"), "{record:?}");
}

// Rule C4
#[test]
fn a_panic_of_go_ends_its_call_only() {
    for _ in 0..2 {
        let error = client()
            .r#break(&Cx::background(), BreakRequest {})
            .expect_err("a panic");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::Panic));
        assert_eq!(error.method(), "Ledger.Break");
    }
}

// Rules C3 and G5: what Go waits for ends with the deadline, and when Rust cancels it from another thread.
#[test]
fn a_context_of_go_ends_with_the_call_of_rust() {
    let soon = Cx::background().with_deadline(SystemTime::now() + Duration::from_millis(20));
    let error = client().wait(&soon, WaitRequest::default());
    assert_eq!(
        error.expect_err("too late").runtime_code(),
        Some(RuntimeCode::DeadlineExceeded)
    );
    for pause in [0, 1, 20] {
        let (cx, canceler) = Cx::background().cancelable();
        let waits = thread::spawn(move || client().wait(&cx, WaitRequest::default()));
        thread::sleep(Duration::from_millis(pause));
        canceler.cancel();
        let error = waits.join().expect("no panic").expect_err("canceled");
        assert_eq!(error.runtime_code(), Some(RuntimeCode::Canceled));
    }
}

// Rules C7 and G6
#[test]
fn go_is_called_from_many_threads_at_once() {
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let balance = client().post(&Cx::background(), post("cash", Vec::new()));
                    assert!(balance.is_ok());
                }
            });
        }
    });
}

// Rule G6: Rust calls Go, which calls Rust, which calls Go.
#[test]
fn go_may_call_rust_in_the_midst_of_a_call() {
    static ANSWERS: AtomicU64 = AtomicU64::new(0);
    extern "C" fn hook() {
        let balance = client().post(&Cx::background(), post("cash", Vec::new()));
        ANSWERS.fetch_add(u64::from(balance.is_ok()), Ordering::SeqCst);
    }
    let hook = hook as extern "C" fn() as usize as u64;
    for _ in 0..2 {
        let balance = client().wait(&Cx::background(), WaitRequest { hook });
        assert_eq!(balance, Ok(Balance::default()));
    }
    assert_eq!(ANSWERS.load(Ordering::SeqCst), 2);
}
