pub use engine_storage::open;
