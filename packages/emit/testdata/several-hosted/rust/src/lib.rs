//! The larder, whose services Go implements.

mod generated;

pub use generated::*;
