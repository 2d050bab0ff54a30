package grout

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// bell stands for Rust, which gave an object with the number 7: method 0 answers with its request, 1 fails, and what is
// beyond is refused.
type bell struct {
	released atomic.Uint64
	// kept are the answers that are not freed.
	kept map[uintptr][]byte
}

func (b *bell) call(object uint64, method uint32, call *Call, request *Packer) (uint32, uintptr, uintptr) {
	answer := append([]byte{}, unsafe.Slice(request.Data(), request.Len())...)
	if object != 7 || call.size == 0 || method > 1 {
		return statusFrame, 0, 0
	}
	if method == 1 {
		answer = EncodeError(errors.New("cracked"), Site{Method: "Bell.Ring", ShowForeign: true})
	}
	address := uintptr(unsafe.Pointer(unsafe.SliceData(answer)))
	b.kept[address] = answer
	return uint32(method), address, uintptr(len(answer))
}

func (b *bell) free(address, _ uintptr) {
	delete(b.kept, address)
}

func (b *bell) take() *RustObject {
	given := NewGiven("tower.v1.Bell")
	given.Bind(RustFunctions{Call: b.call, Free: b.free, Release: func(object uint64) { b.released.Add(object) }})
	slot := uint64(7)
	object := given.Take(&slot)
	if slot != 0 {
		panic("the object is still Rust's")
	}
	return object
}

func ring(ctx context.Context, o *RustObject, number uint32) (uint64, error) {
	method := RustMethod{Name: "Bell.Ring", Number: number}
	return CallRust(ctx, o, method, uint64(5), (*Packer).Uint64, (*Unpacker).Uint64)
}

// ofRust embeds an object as generated code does.
type ofRust struct{ *RustObject }

// Proves G12: Go calls what Rust gave until it lets go of it, once. Expected: answers come back, errors as they are, with
// the method; after Release all is CLOSED, and Rust heard of it once.
func TestAnObjectOfRustIsCalledAndReleased(t *testing.T) {
	b := &bell{kept: map[uintptr][]byte{}}
	object := b.take()
	if got, err := ring(t.Context(), object, 0); got != 5 || err != nil {
		t.Errorf("got %d and %v", got, err)
	}
	for method, want := range map[uint32]string{1: "cracked", 2: "Rust refuses the call frame of tower.v1.Bell"} {
		_, err := ring(t.Context(), object, method)
		if failure, _ := AsError(err); failure == nil || !strings.Contains(failure.Message, want) || failure.Method != "Bell.Ring" {
			t.Errorf("got %+v, want %s", err, want)
		}
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ring(canceled, object, 0); !errors.Is(err, ErrCanceled) {
		t.Errorf("got %v, want ErrCanceled", err)
	}
	if err := Release(ofRust{object}); err != nil {
		t.Error(err)
	}
	if err := Release(ofRust{object}); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if _, err := ring(t.Context(), object, 0); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if released := b.released.Load(); released != 7 || len(b.kept) != 0 {
		t.Errorf("released %d, kept %d answers", released, len(b.kept))
	}
	if err := Release("no object"); err != nil {
		t.Error(err)
	}
}

// Proves G12 of what nobody releases: the garbage collector does, without a word. Expected: it is listed while somebody
// refers to it, then Rust hears of it, and no leak is reported.
func TestAnObjectOfRustIsReleasedWhenNobodyRefersToIt(t *testing.T) {
	OnLeak(func(leak Leak) { t.Errorf("reported %v", leak) })
	defer OnLeak(nil)
	b := &bell{kept: map[uintptr][]byte{}}
	object := b.take()
	runtime.GC()
	if b.released.Load() != 0 || countLive("tower.v1.Bell") != 1 {
		t.Errorf("released %d, %d live", b.released.Load(), countLive("tower.v1.Bell"))
	}
	runtime.KeepAlive(object)
	for begun := time.Now(); b.released.Load() != 7; runtime.GC() {
		if time.Since(begun) > 10*time.Second {
			t.Fatal("it was not released")
		}
	}
	if live := countLive("tower.v1.Bell"); live != 0 {
		t.Errorf("%d live", live)
	}
}

func countLive(name string) int {
	count := 0
	for _, object := range LiveObjects() {
		if object.Type == name {
			count++
		}
	}
	return count
}
