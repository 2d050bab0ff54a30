package grout

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// foreignBuffer is a buffer as Rust would make it; freed counts how often it was given back.
func foreignBuffer(t *testing.T, bytes []byte, freed *atomic.Int32) *Buffer {
	t.Helper()
	memory := ForeignView{uintptr(unsafe.Pointer(unsafe.SliceData(bytes))), uintptr(len(bytes)), 7}
	buffer, err := memory.Buffer("a.v1", len(bytes), func(owner uintptr) {
		if owner != 7 {
			t.Errorf("%d is freed", owner)
		}
		freed.Add(1)
	})
	if err != nil {
		t.Fatal(err)
	}
	return buffer
}

// memory4 is memory that does not move.
var memory4 = make([]byte, 4)

func checkClosed(t *testing.T, buffer *Buffer) {
	t.Helper()
	if err := buffer.Release(); !errors.Is(err, ErrClosed) || !strings.Contains(err.Error(), "this buffer of 4 bytes is closed") {
		t.Errorf("Release of a closed buffer returns %v", err)
	}
	var taker BufferTaker
	if taken := taker.Take("body", buffer); taken != nil || !errors.Is(taker.Err(), ErrClosed) ||
		!strings.Contains(taker.Err().Error(), "body: this buffer") {
		t.Errorf("a closed buffer is taken: %v, %v", taken, taker.Err())
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, ErrClosed) {
			t.Errorf("Bytes panics with %v", err)
		}
	}()
	buffer.Bytes()
}

// Proves O22, a call takes its buffers. Expected: what it took is closed, its memory lives on, and is given away once.
func TestACallTakesABuffer(t *testing.T) {
	CheckLeaks(t)
	var freed atomic.Int32
	buffer := foreignBuffer(t, memory4, &freed)
	copy(buffer.Bytes(), "full")
	var taker BufferTaker
	taken := taker.Take("body", buffer)
	if taker.Err() != nil || string(taken.Bytes()) != "full" || len(LiveObjects()) == 0 {
		t.Errorf("got %v, %v", taken, taker.Err())
	}
	checkClosed(t, buffer)
	if owner := GiveBuffer(taken); owner != 7 {
		t.Errorf("%d is given away", owner)
	}
	if owner := GiveBuffer(taken); owner != 0 {
		t.Errorf("%d is given away again", owner)
	}
	checkClosed(t, taken)
	DiscardBuffer(taken)
	if buffer.Len() != 4 || freed.Load() != 0 {
		t.Errorf("what was given away is freed: %d times", freed.Load())
	}
}

// Proves O22 of what never reaches Rust. Expected: it is freed, once.
func TestABufferIsFreedOnce(t *testing.T) {
	CheckLeaks(t)
	var freed atomic.Int32
	released := foreignBuffer(t, memory4, &freed)
	if err := released.Release(); err != nil || freed.Load() != 1 {
		t.Errorf("got %v, freed %d times", err, freed.Load())
	}
	checkClosed(t, released)
	var taker BufferTaker
	taken := taker.Take("body", foreignBuffer(t, memory4, &freed))
	DiscardBuffer(taken)
	DiscardBuffer(taken)
	if freed.Load() != 2 {
		t.Errorf("freed %d times", freed.Load())
	}
}

func TestOfManyWhoUseABufferOneGetsIt(t *testing.T) {
	CheckLeaks(t)
	var freed, given, closed atomic.Int32
	for range 200 {
		buffer := foreignBuffer(t, memory4, &freed)
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				if i%2 == 0 {
					if buffer.Release() != nil {
						closed.Add(1)
					}
					return
				}
				var taker BufferTaker
				taken := taker.Take("body", buffer)
				if taker.Err() != nil {
					closed.Add(1)
				}
				if GiveBuffer(taken) == 7 {
					given.Add(1)
				}
			})
		}
		group.Wait()
	}
	if freed.Load()+given.Load() != 200 || closed.Load() != 7*200 {
		t.Errorf("freed %d, given away %d, closed for %d", freed.Load(), given.Load(), closed.Load())
	}
}

// Proves O23, a forgotten buffer. Expected: it is listed, reported with the stack that made it, and its bytes are kept.
func TestAForgottenBufferIsReportedAndKept(t *testing.T) {
	leaks := make(chan Leak, 2)
	OnLeak(func(leak Leak) { leaks <- leak })
	defer OnLeak(nil)
	var freed atomic.Int32
	bytes := foreignBuffer(t, memory4, &freed).Bytes()
	objects := LiveObjects()
	if last := objects[len(objects)-1]; last.Type != "buffer of a.v1" || last.Owner != "Rust" {
		t.Errorf("got %v", last)
	}
	for range 50 {
		runtime.GC()
		select {
		case leak := <-leaks:
			isMine := leak.Type == "buffer of a.v1" && strings.Contains(leak.OpenedAt(), "TestAForgottenBuffer")
			if !isMine || !leak.IsKept || freed.Load() != 0 || len(bytes) != 4 {
				t.Errorf("got %+v, freed %d times, opened at\n%s", leak, freed.Load(), leak.OpenedAt())
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Error("no report")
}

func TestABufferThatWasTakenIsForgottenByWhoTookIt(t *testing.T) {
	leaks := make(chan Leak, 2)
	OnLeak(func(leak Leak) { leaks <- leak })
	defer OnLeak(nil)
	var freed atomic.Int32
	var taker BufferTaker
	taken := taker.Take("body", foreignBuffer(t, memory4, &freed))
	for range 5 {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	if len(leaks) > 0 {
		t.Errorf("who gave it away is blamed: %v", <-leaks)
	}
	if err := taken.Release(); err != nil || freed.Load() != 1 {
		t.Errorf("got %v, freed %d times", err, freed.Load())
	}
}

func TestNoBufferHasNoBytes(t *testing.T) {
	for _, buffer := range []*Buffer{nil, {}} {
		var taker BufferTaker
		if taker.Take("body", buffer) != nil || taker.Err() != nil || buffer.Bytes() != nil || buffer.Len() != 0 ||
			buffer.Release() != nil || GiveBuffer(buffer) != 0 || CheckMaker("body", buffer, "a.v1") != nil {
			t.Errorf("%#v is a buffer", buffer)
		}
	}
}

func TestABufferHasASizeThatCanBe(t *testing.T) {
	for _, size := range []int{0, 1, 1 << 40} {
		if err := CheckBufferSize(size); err != nil {
			t.Error(err)
		}
	}
	for _, size := range []int{-1, 1<<46 + 1} {
		if err := CheckBufferSize(size); !errors.Is(err, ErrInvalidArgument) || !strings.Contains(err.Error(), fmt.Sprint(size)) {
			t.Errorf("%d: %v", size, err)
		}
	}
}

// Proves O21 where memory is short. Expected: RESOURCE_EXHAUSTED, as nothing is wrong with the size, and it may work later.
func TestABufferNeedsMemory(t *testing.T) {
	_, err := new(ForeignView).Buffer("a.v1", 9, nil)
	failure, _ := AsError(err)
	if !errors.Is(err, ErrResourceExhausted) || !failure.Retryable() || !strings.Contains(err.Error(), "no memory for a buffer of 9 bytes") {
		t.Error(err)
	}
}

func TestAClosedBufferHoldsNoMemoryOfRust(t *testing.T) {
	CheckLeaks(t)
	var freed atomic.Int32
	bytes, isGone := watched()
	buffer := foreignBuffer(t, bytes, &freed)
	copy(buffer.Bytes(), "full")
	if err := buffer.Release(); err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(bytes)
	checkGone(t, isGone)
	if buffer.Len() != 64 {
		t.Errorf("got %v", buffer)
	}
}

func TestABufferGoesToTheLibraryThatMadeIt(t *testing.T) {
	var freed atomic.Int32
	buffer := foreignBuffer(t, memory4, &freed)
	defer DiscardBuffer(buffer)
	if err := CheckMaker("body", buffer, "a.v1"); err != nil {
		t.Error(err)
	}
	for other, maker := range map[string]*Buffer{"that of a.v1": buffer, "that of Go": BufferOf([]byte{1})} {
		err := CheckMaker("body", maker, "b.v1")
		if !errors.Is(err, ErrInvalidArgument) || !strings.Contains(err.Error(), "body: its memory is "+other) {
			t.Error(err)
		}
	}
}

func TestMemoryOfGoIsNeverGivenToRust(t *testing.T) {
	goBuffer := NewGoBuffer("a.v1", 5, 64)
	defer DiscardBuffer(goBuffer)
	for _, buffer := range []*Buffer{goBuffer, BufferOf([]byte{1})} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v is given to Rust", buffer)
				}
			}()
			GiveBuffer(buffer)
		}()
	}
}

// Proves O24, the buffers of the mock. Expected: listed as Rust's are, aligned, of their bridge, copied for whoever
// answers, and overwritten then.
func TestAMockIsGivenBuffersOfGo(t *testing.T) {
	CheckLeaks(t)
	buffer := NewGoBuffer("a.v1", 5, 64)
	if past(buffer.Bytes(), 64) != 0 || string(buffer.Bytes()) != "\x00\x00\x00\x00\x00" {
		t.Errorf("got %v", buffer.Bytes())
	}
	if err := CheckMaker("body", buffer, "a.v1"); err != nil {
		t.Error(err)
	}
	objects := LiveObjects()
	if last := objects[len(objects)-1]; last.Owner != "Go" || last.FreedBy != "Release, or a call that takes it" {
		t.Errorf("got %v", last)
	}
	copied, err := CopyRequest(buffer, func(c *Copier, v *Buffer) *Buffer { return c.At("body").Buffer(v, 64) })
	buffer.Bytes()[0] = 'x'
	if err != nil || copied.Bytes()[0] != 0 || past(copied.Bytes(), 64) != 0 {
		t.Errorf("got %v, %v", copied, err)
	}
	bytes := buffer.Bytes()
	DiscardBuffer(buffer)
	if string(bytes) != "\xdb\xdb\xdb\xdb\xdb" {
		t.Errorf("what the call took shows %q", bytes)
	}
	_, err = CopyRequest(buffer, func(c *Copier, v *Buffer) *Buffer { return c.At("body").Buffer(v, 64) })
	if err == nil || !strings.Contains(err.Error(), "body: this buffer of 5 bytes is closed") {
		t.Error(err)
	}
}

// Proves O28, a buffer is shortened. Expected: what is left is what there is, for who has it and for who takes it.
func TestABufferIsTruncated(t *testing.T) {
	CheckLeaks(t)
	var freed atomic.Int32
	memory := []byte("full")
	buffer := foreignBuffer(t, memory, &freed)
	buffer.Truncate(3)
	if string(buffer.Bytes()) != "ful" || cap(buffer.Bytes()) != 3 || buffer.Len() != 3 || buffer.String() != "buffer of 3 bytes" {
		t.Errorf("got %q, %v", buffer.Bytes(), buffer)
	}
	copied, err := CopyRequest(buffer, func(c *Copier, v *Buffer) *Buffer { return c.Buffer(v, 1) })
	if err != nil || string(copied.Bytes()) != "ful" {
		t.Errorf("got %v, %v", copied, err)
	}
	var taker BufferTaker
	taken := taker.Take("body", buffer)
	taken.Truncate(1)
	if taken.Len() != 1 || buffer.Len() != 3 {
		t.Errorf("got %v and %v", taken, buffer)
	}
	if owner := GiveBuffer(taken); owner != 7 || taken.Len() != 1 {
		t.Errorf("%d is given away, with %d bytes", owner, taken.Len())
	}
	for name, misuse := range map[string]func(){
		"to more":     func() { BufferOf(memory).Truncate(5) },
		"to less":     func() { BufferOf(memory).Truncate(-1) },
		"of none":     func() { (*Buffer)(nil).Truncate(1) },
		"when closed": func() { taken.Truncate(0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("it is truncated %s", name)
				}
			}()
			misuse()
		}()
	}
	(*Buffer)(nil).Truncate(0)
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, ErrClosed) {
			t.Errorf("Truncate of a closed buffer panics with %v", err)
		}
	}()
	taken.Truncate(99)
}
