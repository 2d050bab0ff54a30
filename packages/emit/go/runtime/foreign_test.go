package grout

import (
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

// addressOf plays Rust's part: memory that stays where it is while the test reads it.
func addressOf(t *testing.T, s string) uintptr {
	data := []byte(s)
	var pinner runtime.Pinner
	pinner.Pin(unsafe.SliceData(data))
	t.Cleanup(pinner.Unpin)
	return uintptr(unsafe.Pointer(unsafe.SliceData(data)))
}

func textOf(t *testing.T, s string) text {
	return text{addressOf(t, s), uintptr(len(s))}
}

func TestAShortTailIsReadInOrder(t *testing.T) {
	tail := Tail{}
	copy(tail.inline[:], "abcde")
	reader := tail.Read()
	if first, none, rest := reader.String(2), reader.Bytes(0), reader.Bytes(3); first != "ab" || none != nil || string(rest) != "cde" {
		t.Errorf("got %q %v %q", first, none, rest)
	}
	if address, _ := tail.Spilled(); address != 0 {
		t.Error("an inline tail has nothing to free")
	}
}

func TestASpillIsReadInPlaceOfTheTail(t *testing.T) {
	long := strings.Repeat("x", TailLen+1) + "yz"
	tail := Tail{spill: addressOf(t, long), spillLen: uintptr(len(long)), spillCap: 500}
	reader := tail.Read()
	if got := reader.String(TailLen + 1); got != long[:TailLen+1] {
		t.Errorf("got %q", got)
	}
	if got := reader.Bytes(2); string(got) != "yz" {
		t.Errorf("got %q", got)
	}
	if address, capacity := tail.Spilled(); address != tail.spill || capacity != 500 {
		t.Errorf("got %d, %d", address, capacity)
	}
}

func TestAFailureIsCopied(t *testing.T) {
	failure := Failure{textOf(t, string(wholeBytes(t)))}
	if got := failure.Copy(); got.Name != "LOCKED" || got.Message != "held by 42" {
		t.Errorf("got %+v", got)
	}
}
