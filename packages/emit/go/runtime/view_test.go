package grout

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// foreign is a view as Rust would hand it over; freed counts how often it was given back.
func foreign(bytes []byte, freed *int) *View {
	view := ForeignView{uintptr(unsafe.Pointer(unsafe.SliceData(bytes))), uintptr(len(bytes)), 1}
	return view.View(new(Opening), "a.B.c", func(uintptr) { *freed++ })
}

var kept = []byte("kept")

// Proves O17, Release happens once. Expected: CLOSED of a second one, and of a look at the bytes.
func TestAViewIsReleasedOnce(t *testing.T) {
	CheckLeaks(t)
	freed := 0
	view := foreign(kept, &freed)
	if unsafe.SliceData(view.Bytes()) != unsafe.SliceData(kept) || string(view.Clone()) != "kept" {
		t.Error("the bytes are copied, or others")
	}
	if err := view.Release(); err != nil {
		t.Error(err)
	}
	if err := view.Release(); !errors.Is(err, ErrClosed) || freed != 1 {
		t.Errorf("got %v, freed %d times", err, freed)
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, ErrClosed) {
			t.Errorf("Bytes panics with %v", err)
		}
	}()
	view.Bytes()
}

// watched are bytes that stand for memory of Rust; isGone says whether Go's garbage collector found no pointer to them.
func watched() (bytes []byte, isGone *atomic.Bool) {
	memory, isGone := new([64]byte), new(atomic.Bool)
	runtime.AddCleanup(memory, func(gone *atomic.Bool) { gone.Store(true) }, isGone)
	return memory[:], isGone
}

// checkGone reports memory that has been freed and is still pointed to.
func checkGone(t *testing.T, isGone *atomic.Bool) {
	t.Helper()
	for range 50 {
		runtime.GC()
		if isGone.Load() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Error("a pointer to freed memory is left")
}

func TestAReleasedViewHoldsNoMemoryOfRust(t *testing.T) {
	CheckLeaks(t)
	freed := 0
	bytes, isGone := watched()
	view := foreign(bytes, &freed)
	if !strings.HasPrefix(string(view.Bytes()), "\x00") {
		t.Errorf("got %q", view.Bytes())
	}
	if err := view.Release(); err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(bytes)
	checkGone(t, isGone)
	if view.Len() != 64 {
		t.Errorf("got %v", view)
	}
}

func TestAViewIsListedUntilItIsReleased(t *testing.T) {
	freed := 0
	view := foreign(kept, &freed)
	defer view.Release()
	objects := LiveObjects()
	last := objects[len(objects)-1]
	if last.Type != "a.B.c" || last.FreedBy != "Release" || !strings.Contains(last.OpenedAt(), "TestAViewIsListed") {
		t.Errorf("got %v, opened at\n%s", last, last.OpenedAt())
	}
}

// Proves O18, a forgotten view. Expected: it is reported, and its bytes are not freed.
func TestAForgottenViewIsReportedAndKept(t *testing.T) {
	leaks := make(chan Leak, 1)
	OnLeak(func(leak Leak) { leaks <- leak })
	defer OnLeak(nil)
	freed := 0
	bytes := foreign(kept, &freed).Bytes()
	for range 50 {
		runtime.GC()
		select {
		case leak := <-leaks:
			if leak.Type != "a.B.c" || !leak.IsKept || freed != 0 || string(bytes) != "kept" {
				t.Errorf("got %+v, freed %d times", leak, freed)
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Error("no report")
}

func TestNoViewHasNoBytes(t *testing.T) {
	var view *View
	if view.Bytes() != nil || view.Len() != 0 || view.Release() != nil || NewView(nil) != nil {
		t.Error("nil is no view")
	}
	if foreign := (&ForeignView{}).View(new(Opening), "a.B.c", nil); foreign != nil {
		t.Error(foreign)
	}
}

func TestAViewDoesNotShowItsBytes(t *testing.T) {
	if got := fmt.Sprintf("%v %+v", NewView(kept), struct{ V *View }{NewView(kept)}.V); strings.Contains(got, "107") {
		t.Error(got)
	}
}

func TestACopyThatFailsKeepsNoView(t *testing.T) {
	CheckLeaks(t)
	_, err := CopyResponse(NewView(kept), func(c *Copier, v *View) *View {
		copied := c.View(v, "a.B.c")
		c.At("b").Limit(2, 1)
		return copied
	})
	if !errors.Is(err, ErrInvalidResponse) {
		t.Error(err)
	}
}

func TestAMockCopiesViews(t *testing.T) {
	CheckLeaks(t)
	own := []byte("own")
	copied, err := CopyResponse(NewView(own), func(c *Copier, v *View) *View { return c.At("a").View(v, "a.B.c") })
	own[0] = 'x'
	if err != nil || string(copied.Bytes()) != "own" {
		t.Errorf("got %v, %v", copied, err)
	}
	if err := copied.Release(); err != nil {
		t.Error(err)
	}
}

// Proves O9 of views that came together. Expected: each has the stack that opened it, which was walked once.
func TestViewsOfOneResponseHaveOneOpening(t *testing.T) {
	var opening Opening
	memory := ForeignView{uintptr(unsafe.Pointer(unsafe.SliceData(kept))), uintptr(len(kept)), 1}
	open := func(field string) *View { return memory.View(&opening, field, func(uintptr) {}) }
	defer open("a.B.first").Release()
	walked := opening
	defer open("a.B.second").Release()
	if opening != walked || opening.depth == 0 {
		t.Errorf("the stack is walked anew: %v, %v", walked, opening)
	}
	objects := LiveObjects()
	for _, object := range objects[len(objects)-2:] {
		if !strings.Contains(object.OpenedAt(), "TestViewsOfOneResponse") {
			t.Errorf("%s is opened at\n%s", object.Type, object.OpenedAt())
		}
	}
}
