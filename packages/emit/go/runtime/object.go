package grout

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Object is the Go side of an object that lives on the other side: whether it is open, and who opened it. An object that
// the garbage collector finds before Close is closed and reported as a leak. For generated code.
type Object struct {
	*objectState
}

// objectState outlives the Object, so that a leak can be reported.
type objectState struct {
	live    LiveObject
	closed  atomic.Bool
	close   func() error
	opening Opening
	// cleanup is how the garbage collector tells that it was forgotten; none where Go does not free it.
	cleanup runtime.Cleanup
	// Its neighbors in the list of what lives, the older and the younger one.
	before, after *objectState
}

// Opening is where something was opened: the first frames of the stack. To walk a stack takes longer than to call Rust, so
// that views of one response have one Opening. The zero value is ready for use. For generated code.
type Opening struct {
	frames [16]uintptr
	depth  int
}

// walk notes the stack, unless that is done: from the caller's caller on, but for the next functions of that number.
func (o *Opening) walk(skip int) {
	if o.depth == 0 {
		o.depth = runtime.Callers(3+skip, o.frames[:])
	}
}

// walkBeyond is walk from the caller of the function with that ending of its name: how many functions of the runtime, and
// of generated code, lie between is not of interest. Where there is none, it is walk.
func (o *Opening) walkBeyond(function string) {
	if o.depth > 0 {
		return
	}
	var all [256]uintptr
	frames := runtime.CallersFrames(all[:runtime.Callers(3, all[:])])
	skip := 3
	for at, more := skip, true; more; at++ {
		var frame runtime.Frame
		frame, more = frames.Next()
		if strings.HasSuffix(frame.Function, function) {
			skip = at + 1
			break
		}
	}
	o.depth = runtime.Callers(skip, o.frames[:])
}

// LiveObject is an object that lives on one side and is held by the other.
type LiveObject struct {
	// Type is its name in the contract, e.g. "docindex.v1.Index".
	Type string
	// Owner is the side that it lives on: "Rust" or "Go".
	Owner string
	// Holder is the side that frees it: "Rust" or "Go".
	Holder string
	// FreedBy says how the holder does it, e.g. "Close".
	FreedBy string
	// Threads says which threads may use it: "any" at once, or "any, one at a time".
	Threads string
	// Since is when it was opened.
	Since time.Time
	state *objectState
}

// Age is how long ago the object was opened.
func (o LiveObject) Age() time.Duration {
	return time.Since(o.Since)
}

// OpenedAt is the stack that opened the object, one function with its file and line after the other: the 16 nearest.
func (o LiveObject) OpenedAt() string {
	return formatStack(o.state.opening.frames[:o.state.opening.depth])
}

// String is a line for people.
func (o LiveObject) String() string {
	return fmt.Sprintf("%s, lives in %s, held by %s for %s, freed by %s, threads: %s",
		o.Type, o.Owner, o.Holder, o.Age().Round(time.Millisecond), o.FreedBy, o.Threads)
}

// live is the list of what lives, from the oldest on.
var live struct {
	sync.Mutex
	oldest, youngest *objectState
	length           int
}

// LiveObjects lists the objects that the two sides hold of each other, the oldest first.
func LiveObjects() []LiveObject {
	live.Lock()
	defer live.Unlock()
	objects := make([]LiveObject, 0, live.length)
	for state := live.oldest; state != nil; state = state.after {
		objects = append(objects, state.live)
	}
	return objects
}

// NewObject tracks an object that was just opened; close frees it and is called once.
func NewObject(live LiveObject, close func() error) *Object {
	state := &objectState{live: live, close: close}
	state.opening.walk(1)
	state.open()
	object := &Object{state}
	state.cleanup = runtime.AddCleanup(object, (*objectState).leak, state)
	return object
}

// open puts it on the list of what lives.
func (s *objectState) open() {
	s.live.Since, s.live.state = time.Now(), s
	live.Lock()
	defer live.Unlock()
	s.before = live.youngest
	if s.before == nil {
		live.oldest = s
	} else {
		s.before.after = s
	}
	live.youngest = s
	live.length++
}

// Check fails with ErrClosed once the object was closed, and as CheckContext does. The caller keeps the object alive
// until its call is over.
func (o *Object) Check(ctx context.Context) error {
	if o.closed.Load() {
		return o.errClosed()
	}
	return CheckContext(ctx)
}

// Close frees the object; a second time it fails with ErrClosed.
func (o *Object) Close() error {
	defer runtime.KeepAlive(o)
	if o.closed.Swap(true) {
		return o.errClosed()
	}
	o.untrack()
	return o.close()
}

func (s *objectState) errClosed() error {
	return ErrClosed.New("this " + s.live.Type + " is closed")
}

// untrack says that somebody frees it, so that the garbage collector need not tell: most of what tracking costs is what
// would be done then. What is tracked must be alive until it returns.
func (s *objectState) untrack() {
	s.cleanup.Stop()
	s.forget()
}

// forget takes it from the list of what lives; once.
func (s *objectState) forget() {
	live.Lock()
	defer live.Unlock()
	if s.before == nil {
		live.oldest = s.after
	} else {
		s.before.after = s.after
	}
	if s.after == nil {
		live.youngest = s.before
	} else {
		s.after.before = s.before
	}
	s.before, s.after = nil, nil
	live.length--
}

// Leak is an object that was never closed.
type Leak struct {
	LiveObject
	// Err is why it could not be freed, or nil.
	Err error
	// IsKept says that it was not freed, as somebody may still look at it: so it is with a view, and with a buffer.
	IsKept bool
}

var onLeak atomic.Pointer[func(Leak)]

// OnLeak sets what happens with a leak that the garbage collector finds; nil stands for a report on standard error.
// report runs on a goroutine that has nothing else to do, but must not wait for long.
func OnLeak(report func(Leak)) {
	if report == nil {
		onLeak.Store(nil)
		return
	}
	onLeak.Store(&report)
}

// leak frees an object that is gone without Close.
func (s *objectState) leak() {
	if s.closed.Swap(true) {
		return
	}
	s.forget()
	reportLeak(Leak{LiveObject: s.live, Err: s.close()})
}

func reportLeak(leak Leak) {
	if report := onLeak.Load(); report != nil {
		(*report)(leak)
		return
	}
	fate := "leaked and freed"
	if leak.IsKept {
		fate = "leaked"
	}
	fmt.Fprintf(os.Stderr, "grout: %s: %s\nopened at:\n%s", fate, leak, leak.OpenedAt())
}

// CheckLeaks fails the test when objects that are opened after it are still open when the test ends. What Rust holds it
// may let go of on a thread of its own: a moment is waited for that. Tests that run in parallel see each other's objects: do
// not use it there.
func CheckLeaks(t TestingT) {
	t.Helper()
	before := livingStates()
	t.Cleanup(func() {
		t.Helper()
		for _, object := range openedSince(before) {
			t.Errorf("leaked: %s\nopened at:\n%s", object, object.OpenedAt())
		}
	})
}

// livingStates tells what lives now from what is opened later.
func livingStates() map[*objectState]bool {
	living := map[*objectState]bool{}
	for _, object := range LiveObjects() {
		living[object.state] = true
	}
	return living
}

// patience is how long Rust may take to let go of what it holds.
const patience = 2 * time.Second

// openedSince lists what lives that did not before. What Rust holds it is given time to let go of, where nothing else lives.
func openedSince(before map[*objectState]bool) []LiveObject {
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		objects := slices.DeleteFunc(LiveObjects(), func(it LiveObject) bool { return before[it.state] })
		isHeldByRust := func(it LiveObject) bool { return it.Holder == "Rust" }
		if !slices.ContainsFunc(objects, isHeldByRust) || time.Now().After(deadline) {
			return objects
		}
	}
}

func formatStack(stack []uintptr) string {
	var text strings.Builder
	frames := runtime.CallersFrames(stack)
	for more := len(stack) > 0; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		fmt.Fprintf(&text, "\t%s\n\t\t%s:%d\n", frame.Function, frame.File, frame.Line)
	}
	return text.String()
}
