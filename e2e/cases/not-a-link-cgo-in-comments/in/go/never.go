//go:build ignore

package main

/*
#cgo LDFLAGS: -lmentioned
*/
import "C"
