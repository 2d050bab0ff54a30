mod build;
pub use build::Builder;
