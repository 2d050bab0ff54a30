package grout

import (
	"errors"
	"strings"
	"testing"
)

// Proves L14, bytes that are aligned. Expected: they start at a multiple; no bytes start anywhere.
func TestAlignedBytesStartAtAMultiple(t *testing.T) {
	for _, align := range []int{1, 2, 64, 4096} {
		for _, n := range []int{0, 1, 63, 5000} {
			bytes := AlignedBytes(n, align)
			if len(bytes) != n || cap(bytes) != n || n > 0 && past(bytes, align) != 0 {
				t.Errorf("%d at a multiple of %d: %d bytes, %d past it", n, align, len(bytes), past(bytes, align))
			}
		}
	}
	if clone := AlignedClone([]byte("ab"), 64); string(clone) != "ab" || past(clone, 64) != 0 {
		t.Error(clone)
	}
}

func TestAnAlignmentIsAPowerOfTwo(t *testing.T) {
	for _, align := range []int{0, -8, 24} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d is an alignment", align)
				}
			}()
			AlignedBytes(1, align)
		}()
	}
}

// Proves L14 and C10 of the mock. Expected: unaligned bytes are refused as Rust does, with the field, how far off they
// are, and what makes such bytes; what is passed on is aligned.
func TestAMockRefusesBytesThatAreNotAligned(t *testing.T) {
	CheckLeaks(t)
	request := func(bytes []byte) ([]byte, error) {
		return CopyRequest(bytes, func(c *Copier, v []byte) []byte { return c.At("page").LentAligned(v, 64) })
	}
	response := func(bytes []byte) (*View, error) {
		return CopyResponse(NewView(bytes), func(c *Copier, v *View) *View { return c.At("page").AlignedView(v, "a.B.page", 64) })
	}
	whole := AlignedBytes(100, 64)
	got, err := request(whole)
	if err != nil || len(got) != 100 || past(got, 64) != 0 {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	view, err := response(whole)
	if err != nil || past(view.Bytes(), 64) != 0 {
		t.Errorf("got %v, %v", view, err)
	}
	if err := view.Release(); err != nil {
		t.Error(err)
	}
	for _, none := range [][]byte{nil, whole[5:5]} {
		if got, err := request(none); err != nil || got != nil {
			t.Errorf("got %v, %v", got, err)
		}
	}
	start := "page: its bytes start 24 bytes past a multiple of 64, the contract wants them to start at one; make them with "
	_, err = request(whole[24:])
	if !errors.Is(err, ErrInvalidArgument) || !strings.Contains(err.Error(), start+"grout.AlignedBytes(n, 64)") {
		t.Error(err)
	}
	_, err = response(whole[24:])
	if !errors.Is(err, ErrInvalidResponse) || !strings.Contains(err.Error(), start+"grout::Buffer in Rust, with grout.AlignedBytes(n, 64) in Go") {
		t.Error(err)
	}
}
