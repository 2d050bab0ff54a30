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

// room stands for Rust: the answers of these tests fit into the tail.
func room(tail unsafe.Pointer, n uintptr) uintptr {
	if n > TailLen {
		panic("the answer of a test is too long")
	}
	return uintptr(unsafe.Pointer(&(*Tail)(tail).inline))
}

func (a *Answer) text() string {
	return string(a.bytes.inline[:a.length])
}

// waiter is a service of which 0 answers, 1 waits for its context, 2 panics.
type waiter struct {
	waits chan struct{}
}

func (w *waiter) serve(ctx context.Context, method uint32, p *Packer) error {
	switch method {
	case 0:
		p.Bool(true)
	case 1:
		close(w.waits)
		<-ctx.Done()
		return ctx.Err()
	case 2:
		panic("on purpose")
	}
	return nil
}

func newServer(open func() (*waiter, error)) *Server[*waiter] {
	method := func(ctx context.Context, w *waiter, method uint32, _ *Unpacker, p *Packer) error {
		return w.serve(ctx, method, p)
	}
	identity := Identity{Bindings: "a", Contract: "c", Features: []Feature{{"on", true}, {"off", false}}}
	return NewServer("Waiter", identity, room, open, method, Site{Method: "Waiter.Answer"})
}

func newFrame() *Call {
	return &Call{size: uint32(unsafe.Sizeof(Call{}))}
}

func openServer(t *testing.T, w *waiter) *Server[*waiter] {
	t.Helper()
	server := newServer(func() (*waiter, error) { return w, nil })
	if status := server.Open(newFrame(), &Answer{}); status != statusOK {
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
	var early Answer
	if status := server.Serve(0, newFrame(), nil, &early); status != statusError || decodeError(early.text()).Name != "UNAVAILABLE" {
		t.Errorf("before Open: got status %d and %q", status, early.text())
	}
	var failed Answer
	status := server.Open(newFrame(), &failed)
	if failure := decodeError(failed.text()); status != statusError || failure.Message != "no configuration" {
		t.Errorf("got status %d and %v, want the error with its text", status, failure)
	}
	for range 2 {
		if status := server.Open(newFrame(), &Answer{}); status != statusOK || attempts != 2 {
			t.Errorf("got status %d after %d attempts", status, attempts)
		}
	}
	var answer Answer
	if status := server.Serve(0, newFrame(), nil, &answer); status != statusOK || answer.text() != "\x01" {
		t.Errorf("got status %d and %q", status, answer.text())
	}
}

// Rule C4
func TestAPanicOfAServiceEndsItsCallOnly(t *testing.T) {
	server := openServer(t, &waiter{})
	for range 2 {
		var answer Answer
		status := server.Serve(2, newFrame(), nil, &answer)
		if failure := decodeError(answer.text()); status != statusError || failure.Name != "PANIC" {
			t.Errorf("got status %d and %v", status, failure)
		}
	}
	small := &Call{size: 8}
	if status := server.Serve(0, small, nil, &Answer{}); status != statusFrame {
		t.Errorf("a small frame: got status %d", status)
	}
}

// Rule C3
func TestRustCancelsACallThatRuns(t *testing.T) {
	w := &waiter{waits: make(chan struct{})}
	server := openServer(t, w)
	call, ended := newFrame(), make(chan string)
	call.cancelToken = 1
	go func() {
		var answer Answer
		status := server.Serve(1, call, nil, &answer)
		ended <- fmt.Sprintln(status, decodeError(answer.text()).Name)
	}()
	<-w.waits
	atomic.StoreUint64(&call.cancelToken, tokenCanceled)
	Cancel(call)
	if got := <-ended; got != "1 CANCELED\n" {
		t.Errorf("got %q", got)
	}
	Cancel(call) // has ended
}

// Rule C3
func TestACallThatWasCanceledBeforeGoKnewItBeginsCanceled(t *testing.T) {
	call := newFrame()
	call.cancelToken = tokenCanceled
	call.deadlineUnixNs = time.Now().Add(time.Hour).UnixNano()
	ctx, release := call.context()
	defer release()
	if _, hasDeadline := ctx.Deadline(); !errors.Is(ctx.Err(), context.Canceled) || !hasDeadline {
		t.Errorf("got %v, with a deadline: %v", ctx.Err(), hasDeadline)
	}
}

// Rule G2
func TestTheGreetingSaysWhoAnswers(t *testing.T) {
	var answer Answer
	newServer(nil).Handshake(&answer)
	unpacker := NewUnpacker([]byte(answer.text()))
	version, major, hash, sum := unpacker.Uint32(), unpacker.Uint32(), unpacker.Uint64(), unpacker.Uint64()
	name, contract := unpacker.Text(), unpacker.Text()
	features := UnpackList(unpacker, (*Unpacker).Text)
	if err := unpacker.Finish(); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(version, major, hash, sum == layoutSum(nil), name, contract, features)
	if want := fmt.Sprint(FrameVersion, 0, 0, true, "a", "c", []string{"on"}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
