package a

//go:generate cargo run --quiet --manifest-path ../../rust/by-manifest/Cargo.toml
