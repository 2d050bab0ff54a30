package grout

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// rust stands for a call of Rust: what Go sees, and the room that it asked for.
type rust struct {
	Invocation
	room []byte
}

func newCall(object uint64, method uint32) *rust {
	return &rust{Invocation: Invocation{size: uint32(unsafe.Sizeof(Invocation{})), object: object, method: method}}
}

// room makes room as Rust does, which finds its own by what Go sees.
func room(call *Invocation, n uintptr) uintptr {
	r := (*rust)(unsafe.Pointer(call))
	r.room = make([]byte, n)
	return uintptr(unsafe.Pointer(unsafe.SliceData(r.room)))
}

func (r *rust) failure() *Error {
	return decodeError(string(r.room))
}

// waiter is a service of which 0 answers, 1 waits for its context, 2 panics.
type waiter struct {
	waits chan struct{}
}

var waiterMethods = []Served[*waiter]{
	{Method: "Waiter.Answer", Serve: func(_ context.Context, _ *waiter, call *Invocation, _ MakeRoom) error {
		*(*uint64)(call.Response) = 2 * *(*uint64)(call.Request)
		return nil
	}},
	{Method: "Waiter.Wait", Serve: func(ctx context.Context, w *waiter, _ *Invocation, _ MakeRoom) error {
		close(w.waits)
		<-ctx.Done()
		return ctx.Err()
	}},
	{Method: "Waiter.Break", Serve: func(context.Context, *waiter, *Invocation, MakeRoom) error { panic("on purpose") }},
}

func newServer(open func() (*waiter, error)) *Server[*waiter] {
	identity := Identity{
		Bindings: "a", Frame: FrameVersion, Contract: "c", Layouts: [][2]uintptr{{8, 8}}, Features: []Feature{{"on", true}, {"off", false}},
	}
	return NewServer("Waiter", identity, room, open, waiterMethods)
}

// answers calls the first method of an object.
func answers(t *testing.T, service *service[*waiter], object uint64) {
	t.Helper()
	call, request, response := newCall(object, 0), uint64(21), uint64(0)
	call.Request, call.Response = unsafe.Pointer(&request), unsafe.Pointer(&response)
	status := service.Serve(&call.Invocation)
	if status != statusOK || response != 42 || call.room != nil {
		t.Errorf("got status %d and %d, with room %q", status, response, call.room)
	}
}

func openServer(t *testing.T, w *waiter) *Server[*waiter] {
	t.Helper()
	server := newServer(func() (*waiter, error) { return w, nil })
	if status := server.Open(&newCall(0, 0).Invocation); status != statusOK {
		t.Fatalf("got status %d", status)
	}
	return server
}

// Rule G3
func TestAServiceThatCannotBeMadeIsTriedAgain(t *testing.T) {
	attempts := 0
	server := newServer(func() (*waiter, error) {
		if attempts++; attempts == 1 {
			return nil, errors.New("no configuration")
		}
		return &waiter{}, nil
	})
	early := newCall(hostedObject, 0)
	if status := server.Serve(&early.Invocation); status != statusError || early.failure().Name != "UNAVAILABLE" {
		t.Errorf("before Open: got status %d and %v", status, early.failure())
	}
	failed := newCall(0, 0)
	status := server.Open(&failed.Invocation)
	if failure := failed.failure(); status != statusError || failure.Message != "no configuration" {
		t.Errorf("got status %d and %v, want the error with its text", status, failure)
	}
	for range 2 {
		if status := server.Open(&newCall(0, 0).Invocation); status != statusOK || attempts != 2 {
			t.Errorf("got status %d after %d attempts", status, attempts)
		}
	}
	answers(t, &server.service, hostedObject)
}

// Rule C4
func TestAPanicOfAServiceEndsItsCallOnly(t *testing.T) {
	server := openServer(t, &waiter{})
	for range 2 {
		call := newCall(hostedObject, 2)
		status := server.Serve(&call.Invocation)
		if failure := call.failure(); status != statusError || failure.Name != "PANIC" || failure.Hops[0].Method != "Waiter.Break" {
			t.Errorf("got status %d and %v", status, failure)
		}
	}
	small, withSmallFrame := newCall(hostedObject, 0), newCall(hostedObject, 0)
	small.size--
	withSmallFrame.frame = &Call{size: 8}
	for _, call := range []*rust{small, withSmallFrame} {
		for _, status := range []uint32{server.Serve(&call.Invocation), server.Open(&call.Invocation)} {
			if status != statusFrame {
				t.Errorf("a small frame: got status %d", status)
			}
		}
	}
	unknown := newCall(hostedObject, 3)
	if status := server.Serve(&unknown.Invocation); status != statusError || unknown.failure().Name != "UNIMPLEMENTED" {
		t.Errorf("a method that does not exist: got status %d and %v", status, unknown.failure())
	}
}

// Rule C3
func TestRustCancelsACallThatRuns(t *testing.T) {
	w := &waiter{waits: make(chan struct{})}
	server := openServer(t, w)
	call, ended := newCall(hostedObject, 1), make(chan string)
	call.frame = &Call{size: uint32(unsafe.Sizeof(Call{})), cancelToken: 1}
	go func() {
		status := server.Serve(&call.Invocation)
		ended <- fmt.Sprintln(status, call.failure().Name)
	}()
	<-w.waits
	atomic.StoreUint64(&call.frame.cancelToken, tokenCanceled)
	Cancel(call.frame)
	if got := <-ended; got != "1 CANCELED\n" {
		t.Errorf("got %q", got)
	}
	Cancel(call.frame) // has ended
}

// Rule C3
func TestACallThatWasCanceledBeforeGoKnewItBeginsCanceled(t *testing.T) {
	call := &Call{cancelToken: tokenCanceled}
	call.deadlineUnixNs = time.Now().Add(time.Hour).UnixNano()
	ctx, release := call.context()
	defer release()
	if _, hasDeadline := ctx.Deadline(); !errors.Is(ctx.Err(), context.Canceled) || !hasDeadline {
		t.Errorf("got %v, with a deadline: %v", ctx.Err(), hasDeadline)
	}
}

// Rule G2
func TestTheGreetingSaysWhoAnswers(t *testing.T) {
	call := newCall(0, 0)
	newServer(nil).Handshake(&call.Invocation)
	unpacker := NewUnpacker(call.room)
	version, major, hash, sum := unpacker.Uint32(), unpacker.Uint32(), unpacker.Uint64(), unpacker.Uint64()
	name, contract := unpacker.Text(), unpacker.Text()
	features := UnpackList(unpacker, (*Unpacker).Text)
	if err := unpacker.Finish(); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(version, major, hash, sum == layoutSum([][2]uintptr{{8, 8}}), name, contract, features)
	if want := fmt.Sprint(FrameVersion, 0, 0, true, "a", "c", []string{"on"}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
