package c

//go:generate env RUST_LOG=off cargo run --manifest-path=../../rust/Cargo.toml --bin write-codes -- ../../schema/codes.json
