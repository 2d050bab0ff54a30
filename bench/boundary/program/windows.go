package main

import (
	"math"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// benchCase is one kind of call.
type benchCase struct {
	name string
	// prepare makes what n calls use up, and is not measured; nil where they use up nothing.
	prepare func(n int)
	// run makes n calls.
	run func(n int)
	// most calls of a window; 0 is no limit.
	most int
	// calls that fit into a window.
	calls int
}

var cases []*benchCase

// add is for the files with cases.
func add(name string, run func(n int)) {
	cases = append(cases, &benchCase{name: name, run: run})
}

// addPrepared is for cases whose calls use something up, which is there for most of them at once.
func addPrepared(name string, most int, prepare, run func(n int)) {
	cases = append(cases, &benchCase{name: name, prepare: prepare, run: run, most: most})
}

// What calls return ends here, so that no compiler leaves them out.
var (
	sink      uint64
	textSink  string
	bytesSink []byte
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// measureAll gives each case a window in turn: a slow moment of the machine hits all alike.
func measureAll(cases []*benchCase, windows int, window time.Duration) map[string]measured {
	results := map[string]measured{}
	for _, each := range cases {
		each.fit(window)
		results[each.name] = measured{Allocations: each.allocations()}
	}
	for range windows {
		for _, each := range cases {
			result := results[each.name]
			result.Nanoseconds = append(result.Nanoseconds, each.time())
			results[each.name] = result
		}
	}
	return results
}

// fit finds how many calls fill a window. It believes the fastest of several tries: others were disturbed.
func (c *benchCase) fit(window time.Duration) {
	c.calls = 1
	for c.time()*float64(c.calls) < float64(window)/4 && !c.isMost() {
		c.calls *= 2
	}
	fastest := c.time()
	for range 4 {
		fastest = min(fastest, c.time())
	}
	c.calls = max(1, int(float64(window)/fastest))
	if c.most > 0 {
		c.calls = min(c.calls, c.most)
	}
}

// allocations of one call, over a window: what a window has once does not count.
func (c *benchCase) allocations() float64 {
	c.makeReady(4 * c.calls)
	return math.Round(testing.AllocsPerRun(3, func() { c.run(c.calls) }) / float64(c.calls))
}

func (c *benchCase) isMost() bool {
	return c.most > 0 && c.calls >= c.most
}

func (c *benchCase) makeReady(calls int) {
	if c.prepare != nil {
		c.prepare(calls)
	}
}

// time of one call in nanoseconds, over a window. It starts without the garbage of another case.
func (c *benchCase) time() float64 {
	c.makeReady(c.calls)
	runtime.GC()
	started := processorTime()
	c.run(c.calls)
	return float64(processorTime()-started) / float64(c.calls)
}

// processorTime is what this process has used so far, in nanoseconds: no call waits for anything, and what other
// processes use of a window does not count.
func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
