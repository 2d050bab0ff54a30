//go:build ignore

package main

//go:generate cargo run --manifest-path ../rust/Cargo.toml
