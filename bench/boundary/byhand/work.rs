//! What is done on the Rust side, by hand and behind a bridge alike.

use std::sync::LazyLock;

static BLOB: LazyLock<Vec<u8>> = LazyLock::new(|| (0..1 << 20).map(|byte| byte as u8).collect());

static KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..1 << 10).map(|at| format!("invoice/2026/{at:06}")).collect());

/// A name of ordinary length for one that is shown to people.
pub const NAME: &str = "invoice 2026-11-0042, final";

#[inline]
pub fn sum(a: u64, b: u64, c: u64) -> u64 {
    a.wrapping_add(b).wrapping_add(c)
}

pub fn marked(name: &str) -> String {
    let mut marked = String::with_capacity(name.len() + 2);
    marked.push_str(name);
    marked.push_str("-x");
    marked
}

/// Something that depends on the bytes, at next to no cost.
#[inline]
pub fn trace(bytes: &[u8]) -> u64 {
    std::hint::black_box(bytes);
    bytes.len() as u64 ^ u64::from(bytes[0])
}

#[inline]
pub fn blob(length: usize) -> &'static [u8] {
    &BLOB[..length]
}

/// What an index answers a scan with: keys that it keeps, with a number each.
pub fn entries(count: usize) -> impl Iterator<Item = (&'static str, u64)> {
    KEYS[..count].iter().map(String::as_str).zip(1..)
}
