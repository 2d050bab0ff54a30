//! Where in the sources something happened, without saying where they lie on the machine that built them.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt::Write;
use std::panic::Location;
use std::sync::LazyLock;

/// `src/store.rs:41:9`.
pub(crate) fn of(location: &Location<'_>) -> String {
    format!(
        "{}:{}:{}",
        crate_relative(location.file()),
        location.line(),
        location.column()
    )
}

/// A path as rustc wrote it, from the root of its crate on. Nothing of an absolute path is left but that. Sources of
/// dependencies keep the name of their package, those of the standard library begin with `library/`.
fn crate_relative(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let last = |names: &[&str]| parts.iter().rposition(|part| names.contains(part));
    let dependency = parts
        .windows(2)
        .position(|pair| pair == ["registry", "src"]);
    let root = if parts.get(1) == Some(&"rustc") {
        last(&["library"])
    } else if let Some(registry) = dependency {
        Some(registry + 3)
    } else if is_absolute(path) {
        last(&["src", "tests", "examples", "benches"])
    } else {
        last(&["src"]).or_else(|| last(&["tests", "examples", "benches"]))
    };
    match root {
        Some(at) if at + 1 < parts.len() => parts[at..].join("/"),
        _ => parts.last().copied().unwrap_or_default().to_owned(),
    }
}

/// Of this system or of another one: a library may have been built elsewhere.
fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.get(1..2) == Some(":")
}

/// A backtrace of the calling thread, when the environment asks for one: as the standard library reads it in debug builds.
/// In release builds RUST_LIB_BACKTRACE must be set, as RUST_BACKTRACE, which many set for panics, would make errors many
/// times slower.
pub(crate) fn backtrace() -> Option<Backtrace> {
    static IS_WANTED: LazyLock<bool> = LazyLock::new(|| {
        cfg!(debug_assertions) || std::env::var_os("RUST_LIB_BACKTRACE").is_some()
    });
    let backtrace = IS_WANTED.then(Backtrace::capture)?;
    (backtrace.status() == BacktraceStatus::Captured).then_some(backtrace)
}

/// A backtrace with its paths made [`crate_relative`].
pub(crate) fn of_backtrace(backtrace: &str) -> String {
    let mut text = String::with_capacity(backtrace.len());
    for line in backtrace.lines() {
        let _ = match line.trim_start().strip_prefix("at ").and_then(split_place) {
            Some((path, place)) => {
                let indent = &line[..line.len() - line.trim_start().len()];
                writeln!(text, "{indent}at {}:{place}", crate_relative(path))
            }
            None => writeln!(text, "{line}"),
        };
    }
    text
}

/// `path` and `line:column` of `path:line:column`.
fn split_place(text: &str) -> Option<(&str, &str)> {
    let (front, _column) = text.rsplit_once(':')?;
    let (path, _line) = front.rsplit_once(':')?;
    Some((path, &text[path.len() + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule E7
    #[test]
    fn a_path_begins_at_the_root_of_its_crate() {
        for (path, want) in [
            ("src/store.rs", "src/store.rs"),
            ("libs/vault/rust/src/store/open.rs", "src/store/open.rs"),
            ("libs/vault/rust/src/tests/open.rs", "src/tests/open.rs"),
            ("/home/me/acme/libs/vault/rust/src/lib.rs", "src/lib.rs"),
            (r"C:\Users\me\acme\vault\src\lib.rs", "src/lib.rs"),
            ("/home/me/src/acme/vault/tests/open.rs", "tests/open.rs"),
            ("/home/me/vault/tests/open.rs", "tests/open.rs"),
            (
                "/home/me/vault/target/debug/build/x-1/out/made.rs",
                "made.rs",
            ),
            ("lib.rs", "lib.rs"),
            ("", ""),
            (
                "/rustc/59807616e/library/core/src/option.rs",
                "library/core/src/option.rs",
            ),
            (
                "/home/me/.cargo/registry/src/index-1949cf8c6b5b557f/foo-1.2.3/src/a.rs",
                "foo-1.2.3/src/a.rs",
            ),
        ] {
            assert_eq!(crate_relative(path), want, "{path}");
        }
    }

    // Rule E7
    #[test]
    fn a_backtrace_has_no_absolute_path() {
        let text =
            "   0: vault::open\n             at /home/me/vault/src/lib.rs:41:9\n   1: main\n";
        let want = "   0: vault::open\n             at src/lib.rs:41:9\n   1: main\n";
        assert_eq!(of_backtrace(text), want);
        let real = of_backtrace(&std::backtrace::Backtrace::force_capture().to_string());
        assert!(real.lines().count() > 3, "{real}");
        for line in real.lines().filter(|line| line.contains("at ")) {
            assert!(!line.contains("at /") && !line.contains("at ./"), "{line}");
        }
    }
}
