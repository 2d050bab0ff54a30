#!/bin/sh
set -eu
cargo build --release --manifest-path rust/Cargo.toml
cd go
CGO_LDFLAGS="-L$PWD/../rust/target/release -lscripted -lm" go build .
