//! Ways to fail that nobody can contain, for the tests that say so.

/// Ends the process if `how` is one of the ways; otherwise does nothing.
pub fn on_demand(how: &str) -> String {
    if let Some(how) = how.strip_suffix(" in a thread") {
        let how = how.to_owned();
        let thread = std::thread::spawn(move || on_demand(&how));
        return thread.join().unwrap_or_default();
    }
    match how {
        "overflow" => overflow(1).to_string(),
        "segfault" => segfault(),
        "abort" => std::process::abort(),
        "exit" => std::process::exit(42),
        "panic while panicking" => panic_while_panicking(),
        "out of memory" => out_of_memory(),
        _ => String::new(),
    }
}

#[allow(unconditional_recursion, reason = "that is the point")]
fn overflow(depth: u64) -> u64 {
    let frame = std::hint::black_box([depth; 128]);
    overflow(frame[0] + 1) + std::hint::black_box(frame[1])
}

fn segfault() -> ! {
    let nowhere = std::hint::black_box(std::ptr::without_provenance::<u64>(8));
    // SAFETY: it is not: this is what an unsound crate does.
    let value = unsafe { nowhere.read_volatile() };
    unreachable!("read {value} from nowhere");
}

fn panic_while_panicking() -> ! {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("second");
        }
    }
    let _bomb = Bomb;
    panic!("first");
}

fn out_of_memory() -> ! {
    let layout = std::alloc::Layout::new::<[u8; 1 << 20]>();
    std::alloc::handle_alloc_error(layout)
}
