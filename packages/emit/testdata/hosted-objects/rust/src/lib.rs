//! Journals, which Go implements.

mod generated;

pub use generated::*;
