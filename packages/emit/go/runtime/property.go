package grout

import (
	"bytes"
	"fmt"
)

// CheckValue reports a message that is not packed to bytes that are unpacked to it, and these packed to the same bytes
// again. For generated tests.
func (c Codec) CheckValue(t TestingT, message any) {
	t.Helper()
	packed, err := c.Pack(message)
	if err != nil {
		t.Errorf("%s is not packed: %v", written(message), err)
		return
	}
	unpacked, err := c.Unpack(packed)
	if err != nil {
		t.Errorf("%s is packed to %x, which is refused: %v", written(message), packed, err)
		return
	}
	if got, want := written(unpacked), written(message); got != want {
		t.Errorf("%s is packed to %x, which is unpacked to %s", want, packed, got)
	}
	if again, err := c.Pack(unpacked); err != nil || !bytes.Equal(again, packed) {
		t.Errorf("%s is packed to %x, then to %x, %v", written(message), packed, again, err)
	}
}

// CheckLimit reports a message that crosses though length, which is that of the field, is more than the contract allows,
// that is refused in other words than both sides use, or that is refused though it is allowed. For generated tests.
func CheckLimit[T any](t TestingT, message T, copy func(*Copier, T) T, field string, length, most int) {
	t.Helper()
	want := ""
	if length > most {
		want = fmt.Sprintf("%s: its length is %d, the contract allows %d at most", field, length, most)
	}
	got := ""
	var copier Copier
	if copy(&copier, message); copier.failed() {
		got = copier.text()
	}
	if got != want {
		t.Errorf("%s is refused with %q, want %q", written(message), got, want)
	}
}
