package grout

import (
	"errors"
	"strings"
	"testing"
	"unsafe"
)

// Proves O26, a view of a text. Expected: the text where it lies, and CLOSED of it after Release.
func TestAViewOfATextIsReleasedOnce(t *testing.T) {
	CheckLeaks(t)
	freed := 0
	memory := ForeignView{uintptr(unsafe.Pointer(unsafe.SliceData(kept))), uintptr(len(kept)), 1}
	view := memory.TextView(new(Opening), "a.B.c", func(uintptr) { freed++ })
	if unsafe.StringData(view.Text()) != unsafe.SliceData(kept) || view.Clone() != "kept" || view.Len() != 4 {
		t.Error("the text is copied, or another")
	}
	if text := view.String(); strings.Contains(text, "kept") {
		t.Errorf("it shows itself to whoever formats it: %s", text)
	}
	if first, second := view.Release(), view.Release(); first != nil || !errors.Is(second, ErrClosed) || freed != 1 {
		t.Errorf("got %v, %v, freed %d times", first, second, freed)
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, ErrClosed) {
			t.Errorf("Text panics with %v", err)
		}
	}()
	_ = view.Text()
}

func TestNoTextNeedsNoRelease(t *testing.T) {
	var view *TextView
	if view.Text() != "" || view.Clone() != "" || view.Len() != 0 || view.Release() != nil || NewTextView("") != nil {
		t.Error("nil is no view")
	}
	if view := (&ForeignView{}).TextView(new(Opening), "a.B.c", nil); view != nil {
		t.Error(view)
	}
}
