package grout

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// frame is that of a call which has one.
func frame(deadlineUnixNs int64, cancelToken uint64) *Call {
	return &Call{size: uint32(unsafe.Sizeof(Call{})), deadlineUnixNs: deadlineUnixNs, cancelToken: cancelToken}
}

// Rules C4 and E14: a hook that panics costs no call more than it had cost without, be it of a method that panics, of one
// that fails, or of one that is not there.
func TestAPanicOfTheErrorHookIsContained(t *testing.T) {
	server := openServer(t, &waiter{})
	called := 0
	SetErrorHook(func(string, error) {
		called++
		panic("in the hook")
	})
	defer SetErrorHook(nil)
	calls := []struct {
		object uint64
		method uint32
		name   string
	}{{hostedObject, 2, "PANIC"}, {hostedObject, 3, "UNIMPLEMENTED"}, {9, 0, "UNAVAILABLE"}, {9, 3, "UNIMPLEMENTED"}}
	for at, it := range calls {
		call := newCall(it.object, it.method)
		status := server.Serve(&call.Invocation)
		if failure := call.failure(); status != statusError || failure.Name != it.name || called != at+1 {
			t.Errorf("%s: got status %d and %v, after %d calls of the hook", it.name, status, failure, called)
		}
	}
}

// Rule E14
func TestNoErrorHookIsAsNil(t *testing.T) {
	server := openServer(t, &waiter{})
	SetErrorHook(func(string, error) { t.Error("the hook that was set before is called") })
	SetErrorHook(nil)
	call := newCall(hostedObject, 2)
	if status := server.Serve(&call.Invocation); status != statusError || call.failure().Name != "PANIC" {
		t.Errorf("got status %d and %v", status, call.failure())
	}
}

// stubborn is an error that cannot be looked at.
type stubborn struct{}

func (stubborn) Error() string { panic("in Error") }

// Rule C4: errors are looked at within the call, also those of a method that is not there.
func TestAPanicOfAnErrorEndsItsCallOnly(t *testing.T) {
	serve := func(context.Context, *waiter, *Invocation, MakeRoom) error { return stubborn{} }
	missing := func(uint64) error { return stubborn{} }
	methods := []Served[*waiter]{{Method: "Waiter.Fail", ShowForeign: true, Serve: serve}}
	failing := service[*waiter]{name: "Waiter", makeRoom: room, methods: methods, missing: missing}
	failing.held.add(&waiter{}, nil)
	for _, object := range []uint64{0, 1} {
		call := newCall(object, 0)
		status := failing.Serve(&call.Invocation)
		if failure := call.failure(); status != statusError || failure.Name != "PANIC" || failure.Hops[0].Method != "Waiter.Fail" {
			t.Errorf("object %d: got status %d and %v", object, status, failure)
		}
	}
}

// Rule G5
func TestAContextThatCanEndIsCanceledWhenItsMethodHasReturned(t *testing.T) {
	var kept context.Context
	keeping := service[*waiter]{name: "Waiter", makeRoom: room, methods: []Served[*waiter]{{
		Method: "Waiter.Keep",
		Serve: func(ctx context.Context, _ *waiter, _ *Invocation, _ MakeRoom) error {
			kept = ctx
			return ctx.Err()
		},
	}}}
	keeping.held.add(&waiter{}, nil)
	later := time.Now().Add(time.Hour).UnixNano()
	for want, frames := range map[error][]*Call{
		context.Canceled: {frame(later, 0), frame(0, 1), frame(later, 1)},
		nil:              {nil, frame(0, 0)},
	} {
		for _, frame := range frames {
			call := newCall(0, 0)
			call.frame = frame
			if status := keeping.Serve(&call.Invocation); status != statusOK || !errors.Is(kept.Err(), want) {
				t.Errorf("%+v: got status %d and %v, want %v", frame, status, kept.Err(), want)
			}
		}
	}
}

// Rule C3, under the race detector: Rust cancels a call that Go is about to look at.
func TestRustCancelsWhileGoBegins(t *testing.T) {
	for range 100 {
		server := openServer(t, &waiter{waits: make(chan struct{})})
		call := newCall(hostedObject, 1)
		call.frame = frame(0, 1)
		var group sync.WaitGroup
		group.Go(func() {
			atomic.StoreUint64(&call.frame.cancelToken, tokenCanceled)
			Cancel(call.frame)
		})
		if status := server.Serve(&call.Invocation); status != statusError || call.failure().Name != "CANCELED" {
			t.Errorf("got status %d and %v", status, call.failure())
		}
		group.Wait()
	}
}
