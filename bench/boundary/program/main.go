// Boundary measures calls from Go into Rust, and prints one JSON object.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"
)

// measured is what is known of one case.
type measured struct {
	// Nanoseconds has what one call took in each window.
	Nanoseconds []float64 `json:"nanoseconds"`
	Allocations float64   `json:"allocations"`
}

// atEnd is what the cases have to undo.
var atEnd []func()

func main() {
	windows := flag.Int("windows", 60, "windows of each case")
	window := flag.Duration("window", 10*time.Millisecond, "length of a window")
	only := flag.String("only", "", "cases with this in their names")
	profile := flag.String("cpuprofile", "", "file for a profile of the processor")
	flag.Parse()
	if *profile != "" {
		defer startProfile(*profile)()
	}
	if err := json.NewEncoder(os.Stdout).Encode(measureAll(matching(*only), *windows, *window)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, undo := range atEnd {
		undo()
	}
}

func matching(part string) []*benchCase {
	var selected []*benchCase
	for _, each := range cases {
		if strings.Contains(each.name, part) {
			selected = append(selected, each)
		}
	}
	return selected
}

func startProfile(path string) (stop func()) {
	file := must(os.Create(path))
	if err := pprof.StartCPUProfile(file); err != nil {
		panic(err)
	}
	return func() {
		pprof.StopCPUProfile()
		_ = file.Close()
	}
}
