package grout

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unsafe"
)

// door is an object of which 0 knocks; Close counts, and fails or panics as it is told.
type door struct {
	knocks, closes int
	fails          error
	panics         bool
}

func (d *door) Close() error {
	d.closes++
	if d.panics {
		panic("stuck")
	}
	return d.fails
}

func newDoors() *Objects[*door] {
	kind := ObjectKind{Type: "house.v1.Door", Threads: "any", Close: "Door.Close", ShowForeign: true}
	return NewObjects[*door](kind).Bind(room, []Served[*door]{
		{Method: "Door.Knock", Serve: func(_ context.Context, d *door, call *Invocation, _ MakeRoom) error {
			d.knocks++
			*(*uint64)(call.Response) = uint64(d.knocks)
			return nil
		}},
	})
}

// Proves G10: Rust closes an object of Go by the number after its methods, once. Expected: its methods answer until then,
// it is listed until then, Close runs once, and whatever comes later is CLOSED.
func TestAnObjectThatRustOwnsIsClosedOnce(t *testing.T) {
	doors, own := newDoors(), &door{}
	number, err := doors.Give(own)
	if err != nil {
		t.Fatal(err)
	}
	knock, answer := newCall(number, 0), uint64(0)
	knock.Response = unsafe.Pointer(&answer)
	if status := doors.Serve(&knock.Invocation); status != statusOK || answer != 1 {
		t.Errorf("got status %d and %d", status, answer)
	}
	if got := liveDoors(); len(got) != 1 || !strings.Contains(got[0].String(), "lives in Go, held by Rust") {
		t.Errorf("got %v", got)
	}
	if status := doors.Serve(&newCall(number, 1).Invocation); status != statusOK || own.closes != 1 {
		t.Errorf("got status %d after %d closes", status, own.closes)
	}
	for method := range uint32(2) {
		late := newCall(number, method)
		if status := doors.Serve(&late.Invocation); status != statusError || late.failure().Name != "CLOSED" || own.closes != 1 {
			t.Errorf("got status %d and %v after %d closes", status, late.failure(), own.closes)
		}
	}
	if got := liveDoors(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

// Rules G10 and O7: what Close of Go answers crosses as the answer of any method, and the object is gone all the same.
func TestAnObjectThatFailsToCloseIsClosed(t *testing.T) {
	doors := newDoors()
	for _, it := range []struct {
		own  *door
		want string
	}{
		{&door{fails: errors.New("a foot is in it")}, "UNKNOWN: a foot is in it"},
		{&door{panics: true}, "PANIC: the Go implementation panicked: stuck"},
	} {
		number, err := doors.Give(it.own)
		if err != nil {
			t.Fatal(err)
		}
		closing := newCall(number, 1)
		status := doors.Serve(&closing.Invocation)
		failure := closing.failure()
		if status != statusError || !strings.HasPrefix(failure.Error(), it.want) || failure.Hops[0].Method != "Door.Close" {
			t.Errorf("got status %d and %v, want %s", status, failure, it.want)
		}
		if late := newCall(number, 0); doors.Serve(&late.Invocation) != statusError || late.failure().Name != "CLOSED" {
			t.Errorf("got %v", late.failure())
		}
	}
}

// Rule G10: an implementation that returns neither an object nor an error is told so.
func TestNoObjectIsNoAnswer(t *testing.T) {
	doors := NewObjects[io.Closer](ObjectKind{Type: "house.v1.Door"}).Bind(room, nil)
	if number, err := doors.Give(nil); number != 0 || !errors.Is(err, ErrInvalidResponse) {
		t.Errorf("got %d and %v", number, err)
	}
}

// Proves G10 of what is bound again, as anybody may who imports the package. Expected: what was bound first stays, and
// objects that Rust owns are called by it.
func TestATableIsBoundOnce(t *testing.T) {
	doors := newDoors()
	number, err := doors.Give(&door{})
	if err != nil {
		t.Fatal(err)
	}
	doors.Bind(nil, nil)
	knock, answer := newCall(number, 0), uint64(0)
	knock.Response = unsafe.Pointer(&answer)
	if doors.Serve(&knock.Invocation) != statusOK || answer != 1 {
		t.Errorf("got %d and %v", answer, knock.failure())
	}
	if closing := newCall(number, 1); doors.Serve(&closing.Invocation) != statusOK {
		t.Errorf("got %v", closing.failure())
	}
}

func liveDoors() []LiveObject {
	var doors []LiveObject
	for _, object := range LiveObjects() {
		if object.Type == "house.v1.Door" {
			doors = append(doors, object)
		}
	}
	return doors
}
