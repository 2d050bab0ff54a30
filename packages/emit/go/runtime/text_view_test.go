package grout

import (
	"errors"
	"reflect"
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

// Proves O26, a view of a text is UTF-8: bytes become no text by a conversion of Go, and a text no bytes. Expected: the
// compiler refuses it, of views and of pointers to them.
func TestBytesDoNotBecomeATextByConversion(t *testing.T) {
	for from, to := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[View]():      reflect.TypeFor[TextView](),
		reflect.TypeFor[*View]():     reflect.TypeFor[*TextView](),
		reflect.TypeFor[TextView]():  reflect.TypeFor[View](),
		reflect.TypeFor[*TextView](): reflect.TypeFor[*View](),
	} {
		if from.ConvertibleTo(to) {
			t.Errorf("%s(v) compiles for a %s", to, from)
		}
	}
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
