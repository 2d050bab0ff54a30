//! What only a service of Go that calls objects of Rust can show.
#![cfg(feature = "archive")]

use beacon_rust::{
    Beacon, BuildRequest, Client, CollectRequest, Color, FlashRequest, FlashResponse,
    IgnoreRequest, Lamp, LampError, LampErrorCode, LightRequest, LightResponse, Mock, MockTower,
    NameRequest, NameResponse, SignalRequest, SignalResponse, Tower, connect,
};
use grout::{Cx, Error, RuntimeCode};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant, SystemTime};

/// Counts what it is asked, and by which thread; says when it is dropped.
#[derive(Default)]
struct Lantern {
    flashes: AtomicU32,
    last: Mutex<Option<(ThreadId, LightRequest, bool)>>,
    dropped: Arc<AtomicUsize>,
}

impl Lamp for Lantern {
    fn light(&self, cx: &Cx, request: LightRequest) -> Result<LightResponse, LampError> {
        let word = request.words.concat();
        let color = request.color;
        let seen = (thread::current().id(), request, cx.deadline().is_some());
        *self.last.lock().expect("no panic") = Some(seen);
        match color {
            Color::Red => Err(LampErrorCode::OutOfOil
                .error("dark")
                .with("lamp", "lantern")),
            Color::Black => panic!("it broke"),
            _ => Ok(LightResponse {
                word,
                flashes: 1 + self.flashes.fetch_add(1, Ordering::SeqCst),
            }),
        }
    }

    fn name(&self, _: &Cx, _: NameRequest) -> Result<NameResponse, Error> {
        let name = "lantern".to_owned();
        Ok(NameResponse { name })
    }
}

impl Lantern {
    /// Counts in `dropped` when it is.
    fn counting(dropped: &Arc<AtomicUsize>) -> Arc<Self> {
        let mut lantern = Self::default();
        lantern.dropped = Arc::clone(dropped);
        Arc::new(lantern)
    }
}

impl Drop for Lantern {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

fn client() -> Client {
    connect().expect("the archive fits")
}

fn flash(beacon: &dyn Beacon, lamp: Arc<dyn Lamp>, request: FlashRequest) -> FlashResponse {
    let flashed = beacon.flash(&Cx::background(), request, lamp);
    flashed.expect("it flashes")
}

fn once(color: Color, words: &[&str]) -> FlashRequest {
    FlashRequest {
        times: 1,
        goroutines: 1,
        color,
        words: words.iter().map(|it| (*it).to_owned()).collect(),
    }
}

/// Waits for what another thread does.
fn until(happened: impl Fn() -> bool) {
    let begun = Instant::now();
    while !happened() {
        assert!(begun.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(1));
    }
}

// Proves G12: Go calls a lamp of Rust in the call that gives it, from any goroutine. Expected: what is asked and answered
// crosses, the deadline too; Go lets go of the lamp, and calls come from several threads at once.
#[test]
fn go_calls_objects_of_rust() {
    let lamp = Arc::new(Lantern::default());
    let given = || Arc::<Lantern>::clone(&lamp) as Arc<dyn Lamp>;
    let response = flash(&client(), given(), once(Color::White, &["fi", "at"]));
    assert_eq!(
        (response.flashes, &*response.name, &*response.last),
        (1, "lantern", "fiat")
    );
    let (_, seen, has_deadline) = lamp.last.lock().expect("no panic").clone().expect("a call");
    assert_eq!((seen.words.len(), has_deadline), (2, false));
    let cx = Cx::background().with_deadline(SystemTime::now() + Duration::from_secs(60));
    let flashed = client().flash(&cx, once(Color::White, &[]), given());
    assert!(flashed.is_ok());
    assert!(
        lamp.last
            .lock()
            .expect("no panic")
            .as_ref()
            .is_some_and(|it| it.2)
    );
    let many = FlashRequest {
        times: 250,
        goroutines: 8,
        ..FlashRequest::default()
    };
    assert_eq!(flash(&client(), given(), many).flashes, 2_000);
    assert_eq!(Arc::strong_count(&lamp), 1, "Go has let go of it");
}

// Rules G12, E2, C4, L8 and L10: errors come back through Go as they were, panics are contained, and what the contract
// does not allow is refused on the way to Rust and on the way back.
#[test]
fn what_a_lamp_fails_with_comes_back_through_go() {
    let lamp = Arc::new(Lantern::default());
    let fail = |request: FlashRequest| {
        let lamp = Arc::<Lantern>::clone(&lamp);
        let flashed = client().flash(&Cx::background(), request, lamp);
        flashed.expect_err("it fails")
    };
    let error = fail(once(Color::Red, &[]));
    assert_eq!(error.code(), Some(LampErrorCode::OutOfOil));
    assert_eq!((error.message(), &*error.hint()), ("dark", "fill lantern"));
    let way: Vec<String> = (error.record().hops.iter())
        .map(|hop| hop.method.to_string())
        .collect();
    assert_eq!(way[..2], ["Lamp.Light", "Beacon.Flash"]);
    let error = fail(once(Color::Black, &[]));
    assert_eq!(error.runtime_code(), Some(RuntimeCode::Panic));
    for (words, code, message) in [
        (vec!["x"; 5], RuntimeCode::InvalidArgument, "words: "),
        (
            vec!["too", "long!", "x"],
            RuntimeCode::InvalidResponse,
            "word: ",
        ),
    ] {
        let error = fail(once(Color::White, &words));
        assert_eq!(error.runtime_code(), Some(code));
        assert!(error.message().starts_with(message), "{error}");
    }
    // What failed was not released, but nobody refers to it.
    until(|| {
        let collected = client().collect(&Cx::background(), CollectRequest {});
        collected.is_ok() && Arc::strong_count(&lamp) == 1
    });
}

// Proves G12 after the call: an object of Go keeps the lamp, calls it from a goroutine later, and lets go of it when it is
// closed. Expected: calls from another thread, and from this one; the lamp is dropped by Go, once.
#[test]
fn go_keeps_what_it_was_given() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let lamp = Lantern::counting(&dropped);
    let weak = Arc::downgrade(&lamp);
    let tower = client().build(&Cx::background(), BuildRequest {}, lamp);
    let tower = tower.expect("a tower");
    let signal = |waits: bool| tower.signal(&Cx::background(), SignalRequest { waits });
    let flashes = |expected: u32| {
        let lamp = weak.upgrade().expect("Go keeps it");
        until(|| lamp.flashes.load(Ordering::SeqCst) == expected);
        let last = lamp.last.lock().expect("no panic").clone();
        last.expect("a call").0
    };
    assert_eq!(signal(true), Ok(SignalResponse { flashes: 1 }));
    assert_eq!(flashes(1), thread::current().id());
    assert!(signal(false).is_ok());
    flashes(2);
    assert_eq!(dropped.load(Ordering::SeqCst), 0);
    assert_eq!(tower.close(), Ok(()));
    until(|| dropped.load(Ordering::SeqCst) == 1);
    assert!(weak.upgrade().is_none());
}

// Proves G12 of what Go does not keep: calls that are refused give nothing, and the garbage collector lets go of what
// nobody refers to. Expected: each lamp is dropped once.
#[test]
fn go_lets_go_of_what_nobody_refers_to() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let ignore = |cx: &Cx, word: &str| {
        let word = word.to_owned();
        client().ignore(cx, IgnoreRequest { word }, Lantern::counting(&dropped))
    };
    assert!(ignore(&Cx::background(), "word").is_ok());
    assert!(ignore(&Cx::background(), "words").is_err());
    let (canceled, canceler) = Cx::background().cancelable();
    canceler.cancel();
    assert!(ignore(&canceled, "word").is_err());
    until(|| {
        let collected = client().collect(&Cx::background(), CollectRequest {});
        collected.is_ok() && dropped.load(Ordering::SeqCst) == 3
    });
}

// Rule G6: Rust calls Go, which calls Rust, which calls Go, with the same lamp.
#[test]
fn a_lamp_may_call_go_in_turn() {
    struct Mirror(OnceLock<Arc<dyn Lamp>>);
    impl Lamp for Mirror {
        fn light(&self, cx: &Cx, request: LightRequest) -> Result<LightResponse, LampError> {
            let lamp = Arc::clone(self.0.get().expect("set before"));
            let request = once(request.color, &["in"]);
            let flashed = client().flash(cx, request, lamp)?;
            Ok(LightResponse {
                word: flashed.last,
                flashes: 1,
            })
        }

        fn name(&self, _: &Cx, _: NameRequest) -> Result<NameResponse, Error> {
            Ok(NameResponse::default())
        }
    }
    let lantern = Arc::new(Lantern::default());
    let mirror = Arc::new(Mirror(OnceLock::from(lantern as Arc<dyn Lamp>)));
    let response = flash(&client(), mirror, once(Color::White, &["out"]));
    assert_eq!((response.flashes, &*response.last), (1, "in"));
}

// Proves G7 of what is given: a mock has it as Go would. Expected: the same answers, refusals and contained panics of Go
// and of the mock.
#[test]
fn a_mock_calls_what_it_is_given_as_go_does() {
    let go = client();
    let mock = Mock::default()
        .on_flash(|cx, request, lamp| {
            let name = lamp.name(cx, NameRequest {}).map_err(Error::forward)?.name;
            let light = LightRequest {
                color: request.color,
                words: request.words,
            };
            let last = lamp.light(cx, light)?.word;
            Ok(FlashResponse {
                flashes: 1,
                name,
                last,
            })
        })
        .on_build(|_, _, lamp| {
            let signal = move |cx: &Cx, _| {
                let light = lamp.light(cx, LightRequest::default());
                let flashes = light.map_err(Error::forward)?.flashes;
                Ok(SignalResponse { flashes })
            };
            Ok(Tower::new(MockTower::default().on_signal(signal)))
        });
    let beacons: [&dyn Beacon; 2] = [&go, &mock];
    for beacon in beacons {
        let lamp = Arc::new(Lantern::default());
        let given = || Arc::<Lantern>::clone(&lamp) as Arc<dyn Lamp>;
        let response = flash(beacon, given(), once(Color::White, &["fi", "at"]));
        assert_eq!((&*response.name, &*response.last), ("lantern", "fiat"));
        for (request, code) in [
            (once(Color::Black, &[]), RuntimeCode::Panic),
            (once(Color::White, &["x"; 5]), RuntimeCode::InvalidArgument),
            (
                once(Color::White, &["too long!"]),
                RuntimeCode::InvalidResponse,
            ),
        ] {
            let flashed = beacon.flash(&Cx::background(), request, given());
            assert_eq!(flashed.expect_err("refused").runtime_code(), Some(code));
        }
        let tower = beacon.build(&Cx::background(), BuildRequest {}, given());
        let signal = tower
            .expect("a tower")
            .signal(&Cx::background(), SignalRequest { waits: true });
        // The word that was too long came from a lamp that had flashed.
        assert_eq!(signal, Ok(SignalResponse { flashes: 3 }));
    }
}
