package grout

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// ObjectCall is a call of a method of an object. For generated tests.
type ObjectCall[T any] struct {
	// Method is its name in the contract, e.g. "DocumentIndex.Get".
	Method string
	// Call makes it, and gives back what it is answered with, where that has to be.
	Call func(ctx context.Context, object T) error
	// Refusal is why the contract does not allow it; empty where it does.
	Refusal string
	// Kinds are the errors of the contract that the method can fail with.
	Kinds []*Kind
}

// ObjectSuite is what holds for all objects of a kind, whoever implements them. For generated tests.
type ObjectSuite[T interface{ Close() error }] struct {
	// Type is its name in the contract, e.g. "docindex.v1.Index".
	Type string
	// Close names, for people, how one is closed: "Index.Close".
	Close string
	// Calls are a call of each method, Refusals those that the contract does not allow.
	Calls, Refusals []ObjectCall[T]
	// Mock opens a mock of which each method answers so.
	Mock func(answer func(ctx context.Context) error) T
}

// NeverAsked is how a mock answers that no call must reach.
func NeverAsked(context.Context) error {
	return ErrUnimplemented.New("the mock was called")
}

const onPurpose = "on purpose"

// CheckDoneContext makes sure that a context that is done starts nothing.
func (s *ObjectSuite[T]) CheckDoneContext(t TestingT, service string, open func() T) {
	t.Helper()
	s.use(t, open, func(object T) {
		canceled, cancel := context.WithCancelCause(context.Background())
		cancel(errors.New("no longer needed"))
		expired, release := context.WithDeadline(context.Background(), time.Unix(1, 0))
		defer release()
		for _, it := range s.Calls {
			CheckError(t, service, it.Call(canceled, object), ErrCanceled, it.Method, "no longer needed")
			CheckError(t, service, it.Call(expired, object), ErrDeadlineExceeded, it.Method, "context deadline exceeded")
		}
	})
}

// CheckRefusals makes sure that what the contract does not allow is refused.
func (s *ObjectSuite[T]) CheckRefusals(t TestingT, service string, open func() T) {
	t.Helper()
	s.use(t, open, func(object T) {
		for _, it := range s.Refusals {
			CheckError(t, service, it.Call(context.Background(), object), ErrInvalidArgument, it.Method, it.Refusal)
		}
	})
}

// CheckErrors makes sure that errors of a mock arrive as they are.
func (s *ObjectSuite[T]) CheckErrors(t TestingT) {
	t.Helper()
	for _, it := range s.Calls {
		for _, kind := range it.Kinds {
			s.use(t, func() T { return s.Mock(failing(kind)) }, func(object T) {
				CheckError(t, "the mock", it.Call(context.Background(), object), kind, it.Method, onPurpose)
			})
		}
	}
}

func failing(kind *Kind) func(context.Context) error {
	return func(context.Context) error { return kind.New(onPurpose) }
}

// CheckPanics makes sure that panics of a mock end their calls only.
func (s *ObjectSuite[T]) CheckPanics(t TestingT) {
	t.Helper()
	panics := func() T { return s.Mock(func(context.Context) error { panic(onPurpose) }) }
	s.use(t, panics, func(object T) {
		for range 2 {
			for _, it := range s.Calls {
				CheckError(t, "the mock", it.Call(context.Background(), object), ErrPanic, it.Method, "the mock panicked: "+onPurpose)
			}
		}
	})
}

// CheckClose makes sure that an object is closed once, and that nothing of it can be called afterwards.
func (s *ObjectSuite[T]) CheckClose(t TestingT, service string, open func() T) {
	t.Helper()
	CheckLeaks(t)
	object := open()
	if err := object.Close(); err != nil {
		t.Errorf("%s: %s fails with %v", service, s.Close, err)
	}
	s.checkClosed(t, service, object)
}

func (s *ObjectSuite[T]) checkClosed(t TestingT, service string, object T) {
	t.Helper()
	closed := "this " + s.Type + " is closed"
	for _, it := range slices.Concat(s.Calls, s.Refusals) {
		CheckError(t, service, it.Call(context.Background(), object), ErrClosed, it.Method, closed)
	}
	for range 2 {
		CheckError(t, service, object.Close(), ErrClosed, s.Close, closed)
	}
}

const (
	racers = 64
	// closers is how many of the racers close the object as well.
	closers = 4
	// raceLength is how long a call of a race may wait for whatever its method waits for.
	raceLength = 500 * time.Millisecond
)

// CheckRace makes sure that an object may be closed while others call it. Its methods run only where isOurs says that
// nobody minds; otherwise they are called with what is refused, and with a context that is done.
func (s *ObjectSuite[T]) CheckRace(t TestingT, service string, open func() T, isOurs bool) {
	t.Helper()
	CheckLeaks(t)
	object := open()
	ctx, cancel := context.WithTimeout(context.Background(), raceLength)
	defer cancel()
	running := ctx
	if !isOurs {
		done, end := context.WithCancel(ctx)
		end()
		running = done
	}
	var closes atomic.Int32
	var start, group sync.WaitGroup
	start.Add(1)
	for racer := range racers {
		group.Go(func() {
			start.Wait()
			if racer%(racers/closers) == racers/closers/2 {
				runtime.Gosched()
				if err := object.Close(); err == nil {
					closes.Add(1)
				} else {
					s.checkTyped(t, service, s.Close, err)
				}
			}
			for _, it := range s.Calls {
				s.checkTyped(t, service, it.Method, it.Call(running, object))
			}
			for _, it := range s.Refusals {
				s.checkTyped(t, service, it.Method, it.Call(ctx, object))
			}
		})
	}
	start.Done()
	group.Wait()
	if got := closes.Load(); got != 1 {
		t.Errorf("%s: of %d callers of %s %d succeed, want 1", service, closers, s.Close, got)
	}
	s.checkClosed(t, service, object)
}

// checkTyped reports what is no error of the method.
func (s *ObjectSuite[T]) checkTyped(t TestingT, service, method string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if failure, ok := AsError(err); !ok || failure.Method != method {
		t.Errorf("%s: %s fails with %#v, want an error of the contract or of the runtime", service, method, err)
	}
}

// CheckListed makes sure that an object is among those that live until it is closed.
func (s *ObjectSuite[T]) CheckListed(t TestingT, service string, open func() T) {
	t.Helper()
	before := livingStates()
	listed := func() []LiveObject {
		return slices.DeleteFunc(LiveObjects(), func(it LiveObject) bool { return before[it.state] || it.Type != s.Type })
	}
	object := open()
	objects := listed()
	if len(objects) == 0 {
		t.Errorf("%s: no %s is listed", service, s.Type)
	}
	for _, it := range objects {
		if it.Owner != "Rust" || it.Holder != "Go" || it.FreedBy != "Close" || !isOpenedInTest(it.OpenedAt()) {
			t.Errorf("%s: %s is listed, opened at:\n%s", service, it, it.OpenedAt())
		}
	}
	if err := object.Close(); err != nil {
		t.Errorf("%s: %s fails with %v", service, s.Close, err)
	}
	if left := listed(); len(left) != len(objects)-1 {
		t.Errorf("%s: %d are listed once it is closed, want %d", service, len(left), len(objects)-1)
	}
}

func isOpenedInTest(stack string) bool {
	return strings.Contains(stack, "_test.go:")
}

// CheckForgotten makes sure that a test that leaves an object open fails, with the stack that opened it.
func (s *ObjectSuite[T]) CheckForgotten(t TestingT, service string, open func() T) {
	t.Helper()
	forgetful := &failures{}
	CheckLeaks(forgetful)
	object := open()
	forgetful.end()
	if !slices.ContainsFunc(forgetful.texts, func(text string) bool {
		return strings.HasPrefix(text, "leaked: "+s.Type+",") && isOpenedInTest(text)
	}) {
		t.Errorf("%s: a test that forgets a %s fails with %q", service, s.Type, forgetful.texts)
	}
	if err := object.Close(); err != nil {
		t.Errorf("%s: %s fails with %v", service, s.Close, err)
	}
}

// CheckBusy makes sure that a mock of an object that one call at a time may use refuses a call from within a call.
func (s *ObjectSuite[T]) CheckBusy(t TestingT) {
	t.Helper()
	var object T
	calls := 0
	within := func(ctx context.Context) error {
		calls++
		for _, it := range s.Calls {
			if err := it.Call(ctx, object); !errors.Is(err, ErrBusy) {
				t.Errorf("the mock: %s from within a call of the object ends with %v, want %v", it.Method, err, ErrBusy)
			}
		}
		return ErrUnavailable.New(onPurpose)
	}
	s.use(t, func() T { return s.Mock(within) }, func(opened T) {
		object = opened
		for range 2 {
			for _, it := range s.Calls {
				CheckError(t, "the mock", it.Call(context.Background(), object), ErrUnavailable, it.Method, onPurpose)
			}
		}
	})
	if calls != 2*len(s.Calls) {
		t.Errorf("the mock was called %d times, want %d", calls, 2*len(s.Calls))
	}
}

// use opens an object, and closes it again.
func (s *ObjectSuite[T]) use(t TestingT, open func() T, check func(object T)) {
	t.Helper()
	CheckLeaks(t)
	object := open()
	check(object)
	if err := object.Close(); err != nil {
		t.Errorf("%s fails with %v", s.Close, err)
	}
}

// failures is a test that notes how it fails.
type failures struct {
	texts    []string
	cleanups []func()
}

func (*failures) Helper() {}

func (f *failures) Cleanup(cleanup func()) { f.cleanups = append(f.cleanups, cleanup) }

func (f *failures) Errorf(format string, args ...any) {
	f.texts = append(f.texts, fmt.Sprintf(format, args...))
}

// end does what is left to do when a test ends.
func (f *failures) end() {
	for _, cleanup := range slices.Backward(f.cleanups) {
		cleanup()
	}
}

// CheckUnopened makes sure that an empty request which opens no object was refused: a panic, or an answer that the contract
// does not allow, is no reason to skip the tests of the objects. For generated tests.
func CheckUnopened(t TestingT, err error) {
	t.Helper()
	for _, kind := range []*Kind{ErrPanic, ErrInvalidResponse, ErrHandshake} {
		if errors.Is(err, kind) {
			t.Errorf("an empty request to open an object fails with %v", err)
		}
	}
}
