package grout

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unsafe"
)

// packedView is a view of kept as Rust packs it.
func packedView(bytes []byte, owner uint64) []byte {
	packed := binary.LittleEndian.AppendUint64(nil, uint64(uintptr(unsafe.Pointer(unsafe.SliceData(bytes)))))
	packed = binary.LittleEndian.AppendUint64(packed, uint64(len(bytes)))
	return binary.LittleEndian.AppendUint64(packed, owner)
}

func readerOf(bytes []byte) *Reader {
	return &Reader{bytes}
}

// Proves O27 of what is packed. Expected: a view for each that has an owner, where its bytes are, and one Release for all.
func TestViewsArePackedAsWhereTheyLie(t *testing.T) {
	CheckLeaks(t)
	freed := map[uintptr]int{}
	packed := []byte{3, 0, 0, 0}
	packed = append(packed, packedView(kept, 7)...)
	packed = append(packed, packedView(nil, 0)...)
	packed = append(packed, packedView(kept[1:], 8)...)
	var opening Opening
	unpacker := readerOf(packed).UnpackViews(uintptr(len(packed)), &opening, func(owner uintptr) { freed[owner]++ })
	views := unpacker.At("a").TextViews("a.B.c")
	if err := unpacker.Finish(); err != nil {
		t.Fatal(err)
	}
	if len(views) != 3 || unsafe.StringData(views[0].Text()) != unsafe.SliceData(kept) || views[1] != nil || views[2].Text() != "ept" {
		t.Errorf("got %v", views)
	}
	if err := ReleaseAll(views); err != nil || freed[7] != 1 || freed[8] != 1 || len(freed) != 2 {
		t.Errorf("got %v, freed %v", err, freed)
	}
	if err := ReleaseAll(views); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Proves O27 of a response that breaks off. Expected: the views that were made of it are given back.
func TestViewsOfAResponseThatIsNoneAreReleased(t *testing.T) {
	CheckLeaks(t)
	freed := 0
	packed := append([]byte{2, 0, 0, 0}, packedView(kept, 7)...)
	packed = append(packed, 1, 2, 3)
	unpacker := readerOf(packed).UnpackViews(uintptr(len(packed)), new(Opening), func(uintptr) { freed++ })
	_ = unpacker.At("a").Views("a.B.c")
	err := unpacker.Finish()
	if !errors.Is(err, ErrInvalidResponse) || !strings.Contains(err.Error(), "a[1]: 8 bytes are needed, 3 are left") || freed != 1 {
		t.Errorf("got %v, freed %d times", err, freed)
	}
}
