package main

import "C"

//go:generate cargo run --manifest-path ../rust/Cargo.toml

func main() {}
