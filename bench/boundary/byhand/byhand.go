// Package byhand calls Rust through a C ABI that was written by hand, in the best way that is known for each call.
package byhand

/*
#cgo LDFLAGS: ${SRCDIR}/../dist/libboundary.a -lm -ldl -lpthread
#cgo noescape byhand_noop
#cgo nocallback byhand_noop
#cgo noescape byhand_sum
#cgo nocallback byhand_sum
#cgo noescape byhand_mark
#cgo nocallback byhand_mark
#cgo noescape byhand_put_lent
#cgo nocallback byhand_put_lent
#cgo noescape byhand_put_copied
#cgo nocallback byhand_put_copied
#cgo noescape byhand_get_lent
#cgo nocallback byhand_get_lent
#cgo noescape byhand_get_owned
#cgo nocallback byhand_get_owned
#cgo noescape byhand_scan
#cgo nocallback byhand_scan
#cgo noescape byhand_free
#cgo nocallback byhand_free
#cgo noescape byhand_adder_open
#cgo nocallback byhand_adder_open
#cgo noescape byhand_adder_sum
#cgo nocallback byhand_adder_sum
#cgo noescape byhand_adder_close
#cgo nocallback byhand_adder_close
#include "byhand.h"
*/
import "C"

import (
	"encoding/binary"
	"errors"
	"unsafe"
)

// Noop does nothing there.
func Noop() {
	C.byhand_noop()
}

// Sum adds three numbers.
func Sum(a, b, c uint64) uint64 {
	return uint64(C.byhand_sum(C.uint64_t(a), C.uint64_t(b), C.uint64_t(c)))
}

// Note is a struct with a text.
type Note struct {
	ID    uint64
	Time  int64
	Score float64
	Name  string
}

var errName = errors.New("byhand: the name is not UTF-8, or too long")

// Mark sends a struct with a text and gets one: the text is lent, the answer lands in a buffer on this stack, and is
// copied once.
func Mark(note Note) (Note, error) {
	crossing := C.byhand_note{id: C.uint64_t(note.ID), time: C.int64_t(note.Time), score: C.double(note.Score)}
	var buffer [184]byte
	length := C.byhand_mark(
		&crossing,
		(*C.uint8_t)(unsafe.StringData(note.Name)),
		C.size_t(len(note.Name)),
		(*C.uint8_t)(&buffer[0]),
		C.size_t(len(buffer)),
	)
	if length < 0 {
		return Note{}, errName
	}
	return Note{
		ID:    uint64(crossing.id),
		Time:  int64(crossing.time),
		Score: float64(crossing.score),
		Name:  string(buffer[:length]),
	}, nil
}

// PutLent lends bytes for the call.
func PutLent(data []byte) uint64 {
	return uint64(C.byhand_put_lent((*C.uint8_t)(unsafe.SliceData(data)), C.size_t(len(data))))
}

// PutCopied lends bytes that Rust makes its own.
func PutCopied(data []byte) uint64 {
	return uint64(C.byhand_put_copied((*C.uint8_t)(unsafe.SliceData(data)), C.size_t(len(data))))
}

// GetLent shows bytes that stay Rust's.
func GetLent(length int) []byte {
	address := uintptr(C.byhand_get_lent(C.size_t(length)))
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&address))), length)
}

// GetOwned takes bytes that Rust made for this call, copies them and gives them back.
func GetOwned(length int) []byte {
	var owned C.byhand_owned
	C.byhand_get_owned(C.size_t(length), &owned)
	lent := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&owned.address))), owned.len)
	bytes := make([]byte, len(lent))
	copy(bytes, lent)
	C.byhand_free(&owned)
	return bytes
}

// Entry is a key with a number.
type Entry struct {
	Key  string
	Size uint64
}

// Scan hands over entries whose keys are where Rust wrote them, and gives the bytes back: use must keep none.
func Scan(count int, use func([]Entry)) {
	var owned C.byhand_owned
	C.byhand_scan(C.size_t(count), &owned)
	packed := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&owned.address))), owned.len)
	entries := make([]Entry, count)
	for at := range entries {
		length := int(binary.LittleEndian.Uint32(packed))
		key := unsafe.String(&packed[4], length)
		entries[at] = Entry{key, binary.LittleEndian.Uint64(packed[4+length:])}
		packed = packed[4+length+8:]
	}
	use(entries)
	C.byhand_free(&owned)
}

// Adder adds to what it began with. It lives in Rust.
type Adder struct {
	address C.uintptr_t
}

// OpenAdder makes one.
func OpenAdder(start uint64) *Adder {
	return &Adder{C.byhand_adder_open(C.uint64_t(start))}
}

// Sum adds three numbers.
func (a *Adder) Sum(b, c, d uint64) uint64 {
	return uint64(C.byhand_adder_sum(a.address, C.uint64_t(b), C.uint64_t(c), C.uint64_t(d)))
}

// Close frees it; nobody may use it then.
func (a *Adder) Close() {
	C.byhand_adder_close(a.address)
}
