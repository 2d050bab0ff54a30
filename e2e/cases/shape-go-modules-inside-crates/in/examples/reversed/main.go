package main

/*
// statically: #cgo LDFLAGS: ./librust_lib.a
// dynamically: #cgo LDFLAGS: -L. -lrust_lib
#cgo LDFLAGS: ./librust_lib.a
int reversed_value(void);
*/
import "C"

import "example.com/go-bridge/call"

func main() {
	call.Call()
	println(C.reversed_value())
}
