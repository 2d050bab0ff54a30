//! Measures calls from Rust into the Go that it hosts, and prints one JSON object, as the program of Go does.

use grout::Cx;
use hosted_rust::{AddRequest, Adder, Adders, Client, OpenRequest, SumRequest, connect};
use std::hint::black_box;

unsafe extern "C" {
    fn byhand_noop();
    fn byhand_sum(a: u64, b: u64, c: u64) -> u64;
    fn byhand_open(start: u64) -> u64;
    fn byhand_add(object: u64, a: u64, b: u64, c: u64) -> u64;
    fn bench_mallocs() -> u64;
    fn clock_gettime(clock: i32, time: *mut Time) -> i32;
}

#[repr(C)]
#[derive(Default)]
struct Time {
    seconds: i64,
    nanoseconds: i64,
}

const PROCESS_TIME: i32 = if cfg!(target_os = "macos") { 12 } else { 2 };

/// What this process has used of the processor so far, in nanoseconds.
fn processor_time() -> f64 {
    let mut time = Time::default();
    // SAFETY: the clock is there on the systems that are measured, and the struct is its own.
    assert_eq!(unsafe { clock_gettime(PROCESS_TIME, &raw mut time) }, 0);
    time.seconds as f64 * 1e9 + time.nanoseconds as f64
}

struct Case {
    name: &'static str,
    /// Makes as many calls.
    run: Box<dyn Fn(usize)>,
    /// Calls that fit into a window.
    calls: usize,
    nanoseconds: Vec<f64>,
    allocations: f64,
}

impl Case {
    fn new(name: &'static str, call: impl Fn() -> u64 + 'static) -> Self {
        let run = Box::new(move |calls| {
            for _ in 0..calls {
                black_box(call());
            }
        });
        let (calls, allocations, nanoseconds) = (1, 0.0, Vec::new());
        Self {
            name,
            run,
            calls,
            nanoseconds,
            allocations,
        }
    }

    /// Of one call in nanoseconds, over a window.
    fn time(&self) -> f64 {
        let started = processor_time();
        (self.run)(self.calls);
        (processor_time() - started) / self.calls as f64
    }

    /// Finds how many calls fill a window: the fastest of several tries is believed, others were disturbed.
    fn fit(&mut self, window: f64) {
        while self.time() * (self.calls as f64) < window / 4.0 {
            self.calls *= 2;
        }
        let fastest = (0..5).map(|_| self.time()).fold(f64::MAX, f64::min);
        self.calls = (window / fastest).max(1.0) as usize;
        // SAFETY: a function of the archive without conditions.
        let before = unsafe { bench_mallocs() };
        (self.run)(self.calls);
        let after = unsafe { bench_mallocs() };
        self.allocations = ((after - before) as f64 / self.calls as f64).round();
    }
}

fn cases(client: Client, adder: Adder) -> Vec<Case> {
    // SAFETY: functions of the archive, of numbers; the object is there.
    let object = unsafe { byhand_open(7) };
    vec![
        Case::new("hosted: nothing, by hand", || {
            unsafe { byhand_noop() };
            0
        }),
        Case::new("hosted: sum, by hand", || unsafe { byhand_sum(1, 2, 3) }),
        Case::new("hosted: sum, generated", move || {
            let request = SumRequest { a: 1, b: 2, c: 3 };
            client.sum(&Cx::background(), request).expect("a sum").sum
        }),
        Case::new("hosted: sum on an object, by hand", move || unsafe {
            byhand_add(object, 1, 2, 3)
        }),
        Case::new("hosted: sum on an object, generated", move || {
            let request = AddRequest { a: 1, b: 2, c: 3 };
            adder.add(&Cx::background(), request).expect("a sum").sum
        }),
    ]
}

/// The number that a flag of the command line gives: `-windows=60`, or `-window=10ms`.
fn flag(name: &str) -> f64 {
    let start = format!("-{name}=");
    let value = std::env::args().find_map(|it| it.strip_prefix(&start).map(str::to_owned));
    let value = value.unwrap_or_else(|| panic!("no -{name}"));
    let (number, unit) = value.split_at(value.trim_end_matches(char::is_alphabetic).len());
    let unit = match unit {
        "" | "ns" => 1.0,
        "us" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        other => panic!("{other} is no unit"),
    };
    number.parse::<f64>().expect("a number") * unit
}

fn main() {
    let (windows, window) = (flag("windows") as usize, flag("window"));
    let client = connect().expect("the archive fits");
    let adder = client.open(&Cx::background(), OpenRequest { start: 7 });
    let mut cases = cases(client, adder.expect("an adder"));
    for case in &mut cases {
        case.fit(window);
    }
    for _ in 0..windows {
        for case in &mut cases {
            let time = case.time();
            case.nanoseconds.push(time);
        }
    }
    let shown = cases.iter().map(|it| {
        let (name, times, allocations) = (it.name, &it.nanoseconds, it.allocations);
        format!("{name:?}: {{\"nanoseconds\": {times:?}, \"allocations\": {allocations}}}")
    });
    println!("{{{}}}", shown.collect::<Vec<_>>().join(","));
}
