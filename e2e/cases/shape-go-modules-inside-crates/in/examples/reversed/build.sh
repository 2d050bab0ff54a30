#!/bin/sh
cd rust-lib && cargo build --release && cd ..
cp ../../target/release/librust_lib.a ./
go build .
