package grout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
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

// Proves O26 of what formats a view by itself, and the same of buffers. Expected: the length with every verb, and in JSON
// and logs.
func TestWhatIsShownOfBytesIsTheirLength(t *testing.T) {
	for text, shown := range map[string]any{
		"view of 4 bytes":           NewView(kept),
		"view of a text of 4 bytes": NewTextView("kept"),
		"buffer of 4 bytes":         BufferOf(kept),
		"view of 0 bytes":           (*View)(nil),
		"view of a text of 0 bytes": (*TextView)(nil),
		"buffer of 0 bytes":         (*Buffer)(nil),
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			if got := fmt.Sprintf(verb, shown); got != text {
				t.Errorf("%s shows %s, not %s", verb, got, text)
			}
		}
		if got := fmt.Sprintf("%+v %#v", struct{ Shown any }{shown}, struct{ Shown any }{shown}); strings.Count(got, text) != 2 {
			t.Errorf("a field shows %s, not %s", got, text)
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("shown", "field", shown)
		if !reflect.ValueOf(shown).IsNil() {
			slog.New(slog.NewJSONHandler(&log, nil)).Info("shown", "field", shown)
			encoded, err := json.Marshal(struct{ Field any }{shown})
			if want := `{"Field":"` + text + `"}`; err != nil || string(encoded) != want {
				t.Errorf("got %s, %v, want %s", encoded, err, want)
			}
		}
		for line := range strings.Lines(log.String()) {
			if !strings.Contains(line, `"`+text+`"`) {
				t.Errorf("a log shows %s, not %s", line, text)
			}
		}
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

func TestACopyThatPanicsKeepsNoView(t *testing.T) {
	CheckLeaks(t)
	defer func() {
		if recover() == nil {
			t.Error("the panic is lost")
		}
	}()
	_, _ = CopyResponse(NewView(kept), func(c *Copier, v *View) *View {
		c.View(v, "a.B.c")
		panic("on purpose")
	})
}

// Proves C10 of views that are released. Expected: the error of an answer that the contract does not allow, and no panic.
func TestAMockRefusesAReleasedView(t *testing.T) {
	CheckLeaks(t)
	released := func() *View {
		view, err := CopyResponse(NewView(kept), func(c *Copier, v *View) *View { return c.View(v, "a.B.c") })
		if err != nil || view.Release() != nil {
			t.Fatalf("got %v, %v", view, err)
		}
		return view
	}
	for name, copy := range map[string]func(*Copier){
		"bytes":   func(c *Copier) { c.View(released(), "d.E.f") },
		"text":    func(c *Copier) { c.TextView(textViewOf(released()), "d.E.f") },
		"aligned": func(c *Copier) { c.AlignedView(released(), "d.E.f", 64) },
	} {
		_, err := CopyResponse(NewView(kept), func(c *Copier, v *View) *View {
			before := c.View(v, "a.B.c")
			copy(c.At("field"))
			return before
		})
		if !errors.Is(err, ErrInvalidResponse) || !strings.HasSuffix(err.Error(), "field: this view of a.B.c is released") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Proves O19 of what is kept after Release. Expected: what is left of a mock's bytes is nothing that a test can take for them.
func TestBytesOfAMockAreGoneAfterRelease(t *testing.T) {
	CheckLeaks(t)
	view, err := CopyResponse(NewTextView("kept"), func(c *Copier, v *TextView) *TextView { return c.TextView(v, "a.B.c") })
	if err != nil {
		t.Fatal(err)
	}
	text := view.Text()
	if err := view.Release(); err != nil || text != "\xdb\xdb\xdb\xdb" {
		t.Errorf("got %q, %v", text, err)
	}
	if mine := NewView([]byte("mine")); mine.Release() != nil || string(mine.Bytes()) != "mine" {
		t.Errorf("a view that needs no Release shows %q after it", mine.Bytes())
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

type box struct {
	inner *box
	view  *View
}

func copyBox(c *Copier, b box) box {
	return box{CopyNested(c, b.inner, copyBox), c.View(b.view, "a.B.c")}
}

// Proves O9 of a mock's views, however deep they lie. Expected: the stack begins with who called the mock.
func TestAViewOfAMockWasOpenedByWhoCalledIt(t *testing.T) {
	deep := box{view: NewView(kept)}
	for range 20 {
		inner := deep
		deep = box{inner: &inner}
	}
	var method MockMethod[int, box]
	copyInt := func(_ *Copier, n int) int { return n }
	answer := func(context.Context, int) (box, error) { return deep, nil }
	before := len(LiveObjects())
	resp, err := method.Serve(t.Context(), new(MockLog), "Get", 1, answer, copyInt, copyBox)
	if err != nil {
		t.Fatal(err)
	}
	opened := LiveObjects()[before].OpenedAt()
	if first, _, _ := strings.Cut(opened, "\n"); !strings.HasSuffix(first, ".TestAViewOfAMockWasOpenedByWhoCalledIt") {
		t.Errorf("opened at\n%s", opened)
	}
	for resp.inner != nil {
		resp = *resp.inner
	}
	if err := resp.view.Release(); err != nil {
		t.Error(err)
	}
}
