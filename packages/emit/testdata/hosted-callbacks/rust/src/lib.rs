//! The beacon, which Go implements, with lamps of Rust.

mod generated;

pub use generated::*;
