package ffi

//go:generate go run ./gen

// // BEGIN STATIC
// // #cgo linux,amd64 LDFLAGS: -L${SRCDIR}/libs/x86_64-unknown-linux-gnu
// // END STATIC
// #cgo LDFLAGS: -L${SRCDIR}/../target/debug
// #cgo LDFLAGS: -L${SRCDIR}/../target/release
// #cgo LDFLAGS: -lengine_ffi -lm -ldl
// #include "engine.h"
// #cgo noescape engine_open
// #cgo nocallback engine_open
import "C"

func Open() int { return int(C.engine_open()) }
