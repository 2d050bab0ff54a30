//! The messages of `geo.v1`.

mod generated;

pub use generated::*;
