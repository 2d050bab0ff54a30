// Command hosted-archive is what a program of Rust hosts, with the same by hand beside it.
package main

// #include <stdint.h>
import "C"

import (
	"runtime"

	"example.com/bench/hosted-go"
)

func newService() (hosted.Service, error) { return hosted.NewService(), nil }

//export byhand_noop
func byhand_noop() {}

//export byhand_sum
func byhand_sum(a, b, c C.uint64_t) C.uint64_t {
	return a + b + c
}

// adders has objects by their numbers, which nobody checks.
var adders []*adder

type adder struct {
	start C.uint64_t
}

//export byhand_open
func byhand_open(start C.uint64_t) C.uint64_t {
	adders = append(adders, &adder{start})
	return C.uint64_t(len(adders) - 1)
}

//export byhand_add
func byhand_add(object, a, b, c C.uint64_t) C.uint64_t {
	return adders[object].start + a + b + c
}

// What was allocated in Go so far.
//
//export bench_mallocs
func bench_mallocs() C.uint64_t {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return C.uint64_t(stats.Mallocs)
}

func main() {}
