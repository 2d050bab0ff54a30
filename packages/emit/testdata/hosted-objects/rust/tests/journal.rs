//! What only objects that live in Go can show.
#![cfg(feature = "archive")]

use grout::{Cx, Error, RuntimeCode};
use journal_rust::{
    ClosedRequest, CountRequest, Cursor, Journal, JournalErrorCode, Journals, JournalsClient,
    MockCursor, MockJournal, MockJournals, NextRequest, NextResponse, OpenRequest, ReadRequest,
    WaitRequest, WriteRequest, WriteResponse, connect_journals,
};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Duration;

fn client() -> JournalsClient {
    connect_journals().expect("the archive fits")
}

fn open(journals: &dyn Journals, name: &str) -> Journal {
    let name = name.to_owned();
    let opened = journals.open(&Cx::background(), OpenRequest { name });
    opened.expect("a journal")
}

fn write(journal: &Journal, line: &str) -> Result<u32, Error> {
    let line = line.to_owned();
    let written = journal.write(&Cx::background(), WriteRequest { line });
    written.map(|it| it.lines).map_err(Error::forward)
}

fn read(journal: &Journal) -> Cursor {
    let cursor = journal.read(&Cx::background(), ReadRequest {});
    cursor.expect("a cursor")
}

fn count(journal: &Journal) -> u32 {
    let counted = journal.count(&Cx::background(), CountRequest {});
    counted.expect("a count").lines
}

fn next(cursor: &Cursor) -> Result<Option<String>, Error> {
    let next = cursor.next(&Cx::background(), NextRequest::default());
    next.map(|it| it.line)
}

/// How often Go has closed what has that name, which is that of one test.
fn closes_of(name: &str) -> usize {
    let closed = client().closed(&Cx::background(), ClosedRequest {});
    let names = closed.expect("an answer").names;
    names.iter().filter(|it| *it == name).count()
}

fn code<R>(called: Result<R, Error>) -> Option<RuntimeCode> {
    called.map(drop).expect_err("refused").runtime_code()
}

// Proves G10 and O15: methods are called on an object of Go, whichever service declares them, and return objects in
// turn. Expected: what was written is read, and counted by the other service.
#[test]
fn objects_of_go_are_called() {
    let journal = open(&client(), "called");
    assert_eq!(
        (write(&journal, "one"), write(&journal, "two")),
        (Ok(1), Ok(2))
    );
    let cursor = read(&journal);
    for line in [Some("one"), Some("two"), None] {
        assert_eq!(next(&cursor), Ok(line.map(str::to_owned)));
    }
    assert_eq!(count(&journal), 2);
    let name = String::new();
    let none = client().open(&Cx::background(), OpenRequest { name });
    assert_eq!(
        none.expect_err("no name").code(),
        Some(JournalErrorCode::NoName)
    );
    let name = "nothing".to_owned();
    let nothing = client().open(&Cx::background(), OpenRequest { name });
    let error = nothing.expect_err("nothing");
    assert_eq!(error.runtime_code(), Some(RuntimeCode::InvalidResponse));
}

// Rules G10, O2 and O3
#[test]
fn an_object_is_closed_once_and_then_refuses() {
    let journal = open(&client(), "closed");
    let cursor = read(&journal);
    assert_eq!(journal.close(), Ok(()));
    assert_eq!(closes_of("closed"), 1);
    let error = journal.close().expect_err("closed before");
    assert_eq!(error.method(), "Journal.Close");
    assert_eq!(error.message(), "this Journal is closed");
    let late = write(&journal, "late").expect_err("closed");
    assert_eq!(late.runtime_code(), Some(RuntimeCode::Closed));
    assert_eq!(late.method(), "Journals.Write");
    drop(journal);
    assert_eq!(next(&cursor), Ok(None), "what it returned is of its own");
    drop(open(&client(), "dropped"));
    assert_eq!((closes_of("closed"), closes_of("dropped")), (1, 1));
}

// Rules G11 and O7: what Close of Go says is for whoever closes; the object is closed all the same.
#[test]
fn what_go_says_of_a_close_is_for_who_closes() {
    let torn = open(&client(), "torn");
    let error = torn.close().expect_err("it is torn");
    assert!(error.is(JournalErrorCode::Full));
    assert_eq!(
        (error.method(), error.message()),
        ("Journal.Close", "a page is torn")
    );
    assert_eq!(code(torn.close()), Some(RuntimeCode::Closed));
    let stuck = open(&client(), "stuck");
    assert_eq!(code(stuck.close()), Some(RuntimeCode::Panic));
    drop(open(&client(), "stuck"));
    assert_eq!((closes_of("torn"), closes_of("stuck")), (1, 2));
}

// Rules G11, O4, C3 and G5: a call keeps its object; the last one closes it, and a canceled one ends.
#[test]
fn a_call_keeps_its_object() {
    let journal = open(&client(), "kept");
    let (cx, canceler) = Cx::background().cancelable();
    thread::scope(|scope| {
        let waits = scope.spawn(|| journal.wait(&cx, WaitRequest {}));
        while count(&journal) == 0 {
            thread::yield_now();
        }
        assert_eq!(journal.close(), Ok(()));
        assert_eq!(code(write(&journal, "late")), Some(RuntimeCode::Closed));
        assert_eq!(closes_of("kept"), 0);
        canceler.cancel();
        let ended = waits.join().expect("no panic");
        assert_eq!(code(ended), Some(RuntimeCode::Canceled));
    });
    assert_eq!(closes_of("kept"), 1);
}

// Rules G6, O5c and C4: a call from within a call of the same object is refused, and so is no other; a panic ends its
// call only.
#[test]
fn an_object_for_one_at_a_time_is_busy_within_itself() {
    static CURSOR: OnceLock<Cursor> = OnceLock::new();
    static OTHER: OnceLock<Cursor> = OnceLock::new();
    extern "C" fn hook() {
        let [cursor, other] = [&CURSOR, &OTHER].map(|it| it.get().expect("set before"));
        assert_eq!(code(next(cursor)), Some(RuntimeCode::Busy));
        assert_eq!(next(other), Ok(Some("one".to_owned())));
    }
    let journal = open(&client(), "busy");
    assert_eq!(write(&journal, "one"), Ok(1));
    let cursor = CURSOR.get_or_init(|| read(&journal));
    OTHER.get_or_init(|| read(&journal));
    let request = NextRequest {
        hook: hook as extern "C" fn() as usize as u64,
        panics: true,
    };
    let panicked = cursor.next(&Cx::background(), request);
    assert_eq!(code(panicked), Some(RuntimeCode::Panic));
    assert_eq!(next(OTHER.get().expect("set before")), Ok(None));
    assert_eq!(next(cursor), Ok(Some("one".to_owned())));
}

// Rules O6 and G13: what takes long to close is closed elsewhere, and nobody waits for it but who asks to.
#[test]
fn what_takes_long_is_closed_elsewhere() {
    let cursors: Vec<_> = (0..40).map(|_| read(&open(&client(), "slow"))).collect();
    for cursor in &cursors {
        assert_eq!(cursor.close(), Ok(()));
    }
    assert_eq!(closes_of("cursor of slow"), 0, "Go waits to be asked");
    drop(open(&client(), "ask"));
    assert_eq!(grout::wait_for_closes(Duration::from_secs(20)), Ok(()));
    assert_eq!(closes_of("cursor of slow"), cursors.len());
}

// Rules G6, G10 and O3: threads call and close the same objects at once. Each is closed once.
#[test]
fn objects_are_used_and_closed_by_many_threads_at_once() {
    thread::scope(|scope| {
        for _ in 0..50 {
            let journal = std::sync::Arc::new(open(&client(), "crowded"));
            for at in 0..4 {
                let journal = std::sync::Arc::clone(&journal);
                scope.spawn(move || {
                    let written = write(&journal, "x");
                    assert!(written.is_ok() || code(written) == Some(RuntimeCode::Closed));
                    if at % 2 == 0 {
                        drop(read_if_open(&journal));
                        let closed = journal.close();
                        assert!(closed.is_ok() || code(closed) == Some(RuntimeCode::Closed));
                    }
                });
            }
        }
    });
    assert_eq!(closes_of("crowded"), 50);
}

// Rules O6 and G11 of mocks. Expected: on_close runs on another thread, and what it returns is nobody's.
#[test]
fn a_mock_that_takes_long_is_closed_elsewhere() {
    let (sender, closed) = std::sync::mpsc::channel();
    let cursor = Cursor::new(MockCursor::default().on_close(move || {
        sender.send(thread::current().id()).expect("a receiver");
        Err(JournalErrorCode::Full.error("told to nobody").forward())
    }));
    assert_eq!(cursor.close(), Ok(()));
    let by = closed.recv_timeout(Duration::from_secs(20));
    assert!(by.is_ok_and(|by| by != thread::current().id()));
}

// Proves C10 and G7 for tests: a log has what mocks of the service and of its objects were asked, wherever they are by then.
// Expected: the calls in order, with their requests and how often they came; what was refused on the way is none of them.
#[test]
fn a_log_has_the_calls_of_mocks_and_of_their_objects() {
    let log = grout::MockLog::default();
    let of_objects = log.clone();
    let mock = MockJournals::default()
        .recorded_by(&log)
        .on_open(move |_, _| {
            let write = |_: &Cx, _| Ok(WriteResponse { lines: 1 });
            let mock = MockJournal::default().recorded_by(&of_objects);
            Ok(Journal::new(mock.on_write(write)))
        });
    let journal = open(&mock, "logged");
    assert_eq!((write(&journal, "a"), write(&journal, "b")), (Ok(1), Ok(1)));
    assert!(write(&journal, &"x".repeat(1025)).is_err());
    drop(journal);
    let (open, write, close) = ("Journals.Open", "Journals.Write", "Journal.Close");
    assert_eq!(log.calls(), [open, write, write, close]);
    let lines = ["a", "b"].map(|line| WriteRequest {
        line: line.to_owned(),
    });
    assert_eq!(log.requests::<WriteRequest>(write), lines);
    log.expect(&[(open, 1), (write, 2), (close, 1)]);
}

fn read_if_open(journal: &Journal) -> Option<Cursor> {
    match journal.read(&Cx::background(), ReadRequest {}) {
        Ok(cursor) => Some(cursor),
        Err(error) => {
            assert_eq!(error.runtime_code(), Some(RuntimeCode::Closed));
            None
        }
    }
}

// Proves G7 of objects: a mock is closed, busy and copied as what it stands for, as it lies where that would. Expected:
// the same of Go and of the mock.
#[test]
fn mocks_stand_in_for_objects() {
    let go = client();
    let mock = MockJournals::default().on_open(|_, _| {
        let journal = MockJournal::default()
            .on_write(|_, _| Ok(WriteResponse { lines: 1 }))
            .on_read(|_, _| {
                let line = Some("one".to_owned());
                let next = move |_: &Cx, _| Ok(NextResponse { line: line.clone() });
                Ok(Cursor::new(MockCursor::default().on_next(next)))
            });
        Ok(Journal::new(journal))
    });
    let services: [&dyn Journals; 2] = [&go, &mock];
    for journals in services {
        let journal = open(journals, "either");
        assert_eq!(write(&journal, "one"), Ok(1));
        let long = write(&journal, &"x".repeat(1025)).expect_err("too long");
        assert_eq!(long.runtime_code(), Some(RuntimeCode::InvalidArgument));
        let message = "line: its length is 1025, the contract allows 1024 at most";
        assert_eq!(long.message(), message);
        let cursor = read(&journal);
        assert_eq!(next(&cursor), Ok(Some("one".to_owned())));
        assert_eq!((journal.close(), cursor.close()), (Ok(()), Ok(())));
        assert_eq!(code(next(&cursor)), Some(RuntimeCode::Closed));
        let late = write(&journal, "late").expect_err("closed");
        assert_eq!(late.message(), "this Journal is closed");
        assert_eq!(late.method(), "Journals.Write");
    }
    let journal = Journal::new(MockJournal::default());
    let error = write(&journal, "x").expect_err("no function");
    assert_eq!(error.runtime_code(), Some(RuntimeCode::Unimplemented));
}

/// A mock of the journals that fail to close as those of Go do, and of their cursors.
fn failing_mock() -> MockJournals {
    MockJournals::default().on_open(|_, request| {
        let close = match request.name.split(' ').next() {
            Some("torn") => || Err(JournalErrorCode::Full.error("a page is torn").forward()),
            Some("stuck") => || panic!("on purpose"),
            _ => || Ok(()),
        };
        let read = move |_: &Cx, _| {
            let cursor = MockCursor::default();
            Ok(Cursor::new(cursor.on_close(|| {
                Err(JournalErrorCode::Full
                    .error("the bookmark is gone")
                    .forward())
            })))
        };
        Ok(Journal::new(
            MockJournal::default().on_close(close).on_read(read),
        ))
    })
}

// Proves G7 and G11 of a close that fails: a mock fails as what it stands for. Expected: of both, the error of the
// contract, or PANIC; then CLOSED.
#[test]
fn a_mock_fails_to_close_as_an_object_of_go_does() {
    let (go, mock) = (client(), failing_mock());
    let services: [&dyn Journals; 2] = [&go, &mock];
    for journals in services {
        let torn = open(journals, "torn alike");
        let error = torn.close().expect_err("it is torn");
        assert!(error.is(JournalErrorCode::Full));
        assert_eq!(
            (error.method(), error.message()),
            ("Journal.Close", "a page is torn")
        );
        assert_eq!(code(torn.close()), Some(RuntimeCode::Closed));
        let stuck = open(journals, "stuck alike")
            .close()
            .expect_err("it is stuck");
        assert_eq!(stuck.runtime_code(), Some(RuntimeCode::Panic));
        assert_eq!(stuck.method(), "Journal.Close");
        assert_eq!(open(journals, "sound").close(), Ok(()));
    }
}

// Proves G11 of an error that nobody waits for: of a drop, of the last call, and of what is closed elsewhere. Expected: the
// hook of this side hears of each, once; of one that close() returns it hears nothing.
#[test]
fn the_hook_hears_of_a_close_that_nobody_waits_for() {
    static HEARD: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());
    grout::set_error_hook(|record| {
        let method = record.hops.last().map(|hop| hop.method.to_string());
        let heard = (method.unwrap_or_default(), record.message.clone());
        HEARD.lock().expect("no panic").push(heard);
    });
    let (go, mock) = (client(), failing_mock());
    let services: [&dyn Journals; 2] = [&go, &mock];
    let heard_of = |method: &str| {
        let heard = HEARD.lock().expect("no panic");
        let messages = heard.iter().filter(|it| it.0 == method);
        messages.map(|it| it.1.clone()).collect::<Vec<_>>()
    };
    for (at, journals) in services.into_iter().enumerate() {
        let torn = open(journals, "torn unseen");
        let cursor = read(&torn);
        drop(torn);
        let told = heard_of("Journal.Close");
        assert_eq!(
            told.iter().filter(|it| *it == "a page is torn").count(),
            at + 1
        );
        assert_eq!(cursor.close(), Ok(()), "nobody waits");
        assert_eq!(grout::wait_for_closes(Duration::from_secs(20)), Ok(()));
    }
    let told = heard_of("Cursor.Close");
    assert_eq!(told.len(), 2);
    assert!(
        told[0].contains("withheld"),
        "a text of Go stays there: {told:?}"
    );
    assert_eq!(told[1], "the bookmark is gone");
}
