package grout

import (
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// open stands for what opens an object, by way of a generated constructor.
func open(frees *atomic.Int32) *Object {
	return construct(frees)
}

//go:noinline
func construct(frees *atomic.Int32) *Object {
	object := LiveObject{Type: "t.v1.Thing", Owner: "Rust", Holder: "Go", FreedBy: "Close", Threads: "any"}
	return NewObject(object, func() error {
		frees.Add(1)
		return nil
	})
}

func TestAnObjectIsFreedOnce(t *testing.T) {
	var frees atomic.Int32
	object := open(&frees)
	if err := object.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	var closed atomic.Int32
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			if err := object.Close(); err == nil {
				closed.Add(1)
			} else if !errors.Is(err, ErrClosed) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if closed.Load() != 1 || frees.Load() != 1 || !errors.Is(object.Check(t.Context()), ErrClosed) {
		t.Error(closed.Load(), frees.Load(), object.Check(t.Context()))
	}
}

func TestLiveObjectsSayWhatThereIs(t *testing.T) {
	var frees atomic.Int32
	before := len(LiveObjects())
	object := open(&frees)
	list := LiveObjects()
	last := list[len(list)-1]
	if len(list) != before+1 || last.Type != "t.v1.Thing" || last.Age() < 0 {
		t.Errorf("got %v", list)
	}
	if stack := last.OpenedAt(); !strings.Contains(stack, "TestLiveObjectsSayWhatThereIs") {
		t.Error(stack)
	}
	if text := last.String(); !strings.HasPrefix(text, "t.v1.Thing, lives in Rust, held by Go for ") {
		t.Error(text)
	}
	if err := object.Close(); err != nil || len(LiveObjects()) != before {
		t.Error(err, LiveObjects())
	}
}

func TestALeakIsFreedAndReported(t *testing.T) {
	leaks := make(chan Leak, 1)
	OnLeak(func(leak Leak) { leaks <- leak })
	defer OnLeak(nil)
	var frees atomic.Int32
	func() { open(&frees) }()
	deadline := time.After(10 * time.Second)
	for {
		runtime.GC()
		select {
		case leak := <-leaks:
			if frees.Load() != 1 || leak.Err != nil || !strings.Contains(leak.OpenedAt(), "TestALeakIsFreedAndReported") {
				t.Error(frees.Load(), leak, leak.OpenedAt())
			}
			return
		case <-deadline:
			t.Fatal("no leak was reported")
		case <-time.After(time.Millisecond):
		}
	}
}

// queuedCleanups is how many objects the garbage collector has told of so far.
func queuedCleanups() uint64 {
	sample := []metrics.Sample{{Name: "/gc/cleanups/queued:cleanups"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func TestTheCollectorHasNothingToTellOfWhatWasFreed(t *testing.T) {
	const many = 1000
	freed := 0
	var frees atomic.Int32
	for name, use := range map[string]func() error{
		"objects":                 func() error { return open(&frees).Close() },
		"views":                   func() error { return foreign(kept, &freed).Release() },
		"buffers":                 func() error { return NewGoBuffer("a.v1", 1, 1).Release() },
		"buffers that Rust frees": func() error { GiveBuffer(foreignBuffer(t, memory4, &frees)); return nil },
	} {
		before := queuedCleanups()
		for range many {
			if err := use(); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		runtime.GC()
		if told := queuedCleanups() - before; told > many/2 {
			t.Errorf("it tells of %d of %d %s", told, many, name)
		}
	}
}

func TestCheckLeaksFailsATestThatLeavesAnObjectOpen(t *testing.T) {
	var frees atomic.Int32
	elder := open(&frees)
	defer elder.Close()
	recorded := &failures{}
	CheckLeaks(recorded)
	closed, leaked := open(&frees), open(&frees)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	recorded.end()
	if len(recorded.texts) != 1 || !strings.Contains(recorded.texts[0], "TestCheckLeaks") {
		t.Errorf("got %q", recorded.texts)
	}
	if err := leaked.Close(); err != nil {
		t.Error(err)
	}
}

// Proves O8c of what Rust holds. Expected: a test waits a moment for what Rust lets go of on a thread of its own, and fails for
// what it keeps.
func TestCheckLeaksWaitsForWhatRustLetsGoOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := NewCallbacks[int]("t.v1.Bell", nil, nil)
		check := func(release time.Duration) []string {
			recorded := &failures{}
			CheckLeaks(recorded)
			number := table.Give(7)
			time.AfterFunc(release, func() { table.Release(number) })
			recorded.end()
			time.Sleep(release)
			return recorded.texts
		}
		if got := check(patience / 2); len(got) != 0 {
			t.Errorf("what is let go of in time fails the test: %q", got)
		}
		if got := check(2 * patience); len(got) != 1 || !strings.HasPrefix(got[0], "leaked: t.v1.Bell, lives in Go, held by Rust") {
			t.Errorf("what is kept fails the test with %q", got)
		}
	})
}

// openDeep opens an object below more functions than are kept.
//
//go:noinline
func openDeep(depth int, frees *atomic.Int32) *Object {
	if depth == 0 {
		return open(frees)
	}
	return openDeep(depth-1, frees)
}

// Proves O8b, the 16 nearest functions are kept. Expected: that many, from who opened it on.
func TestTheNearestFunctionsAreKept(t *testing.T) {
	var frees atomic.Int32
	object := openDeep(20, &frees)
	defer object.Close()
	objects := LiveObjects()
	stack := objects[len(objects)-1].OpenedAt()
	functions := strings.Split(strings.TrimSpace(stack), "\n\t\t")
	if len(functions)-1 != 16 || !strings.HasSuffix(functions[0], ".open") && !strings.HasSuffix(functions[0], ".openDeep") {
		t.Errorf("%d functions are kept, from %s on", len(functions)-1, functions[0])
	}
}

// Proves O8a where nobody listens. Expected: standard error says what leaked, what became of it, and where it was opened.
func TestALeakIsToldOnStandardError(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var frees atomic.Int32
	object := open(&frees)
	standard := os.Stderr
	os.Stderr = writer
	object.untrack()
	reportLeak(Leak{LiveObject: object.live})
	os.Stderr = standard
	writer.Close()
	told, err := io.ReadAll(reader)
	text := string(told)
	if err != nil || !strings.HasPrefix(text, "grout: leaked and freed: t.v1.Thing, lives in Rust, held by Go") ||
		!strings.Contains(text, "opened at:\n") || !strings.Contains(text, "TestALeakIsToldOnStandardError") {
		t.Errorf("got %q, %v", text, err)
	}
}
