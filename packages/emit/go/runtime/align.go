package grout

import (
	"fmt"
	"unsafe"
)

// AlignedBytes makes n bytes that start at a multiple of align, which is a power of two: what a field with that `align`
// is given. It panics where make does, and for an align that is no power of two.
//
// What it makes is on the heap, where nothing moves.
//
//go:noinline
func AlignedBytes(n, align int) []byte {
	if align < 1 || align&(align-1) != 0 {
		panic(fmt.Sprintf("grout.AlignedBytes: %d is no power of two", align))
	}
	room := make([]byte, n+align-1)
	start := (align - past(room, align)) % align
	return room[start : start+n : start+n]
}

// AlignedClone copies bytes to where they start at a multiple of align, as AlignedBytes makes them.
func AlignedClone(bytes []byte, align int) []byte {
	aligned := AlignedBytes(len(bytes), align)
	copy(aligned, bytes)
	return aligned
}

// past is how far past a multiple of align the bytes start.
func past(bytes []byte, align int) int {
	return int(uintptr(unsafe.Pointer(unsafe.SliceData(bytes))) % uintptr(align))
}

// checkAligned refuses bytes that do not start at a multiple of align; no bytes start anywhere.
func (c *Copier) checkAligned(bytes []byte, align int, help string) {
	if len(bytes) == 0 || past(bytes, align) == 0 {
		return
	}
	c.fail(fmt.Sprintf("its bytes start %d bytes past a multiple of %d, the contract wants them to start at one; %s",
		past(bytes, align), align, help))
}

// LentAligned copies bytes of a request that must start at a multiple of align; none give nil.
func (c *Copier) LentAligned(v []byte, align int) []byte {
	c.checkAligned(v, align, fmt.Sprintf("make them with grout.AlignedBytes(n, %d)", align))
	return c.Aligned(v, align)
}

// Aligned copies bytes to where they start at a multiple of align; none give nil.
func (c *Copier) Aligned(v []byte, align int) []byte {
	if len(v) == 0 {
		return nil
	}
	return AlignedClone(v, align)
}

// AlignedView is View for bytes that must start at a multiple of align.
func (c *Copier) AlignedView(v *View, field string, align int) *View {
	c.checkAligned(c.shown(v), align, fmt.Sprintf("make them with grout::Buffer in Rust, with grout.AlignedBytes(n, %d) in Go", align))
	return c.view(v, field, align)
}
