//! The ledger, which Go implements.

mod generated;

pub use generated::*;
