package grout

import (
	"fmt"
	"unicode/utf8"
	"unsafe"
)

// Addresses of Rust's memory are uintptr here, so that no Go pointer ever points out of Go's heap; they become pointers
// only for the moment of a copy.

// TailLen is how many bytes of text a response carries on the stack of its caller. For generated code.
const TailLen = 192

// Tail holds the texts and bytes of a response, one after the other: inline, or in a spill that Rust owns until the
// caller gives it back. It mirrors grout_tail of the C header. Read it in the order of the result's lengths.
// For generated code.
type Tail struct {
	spill    uintptr
	spillLen uintptr
	spillCap uintptr
	inline   [TailLen]byte
}

// Reader reads a tail from its start. It ends with the tail, or with the freeing of its spill.
type Reader struct {
	rest []byte
}

// Read starts to read the tail.
func (t *Tail) Read() Reader {
	if t.spill != 0 {
		return Reader{view(t.spill, t.spillLen)}
	}
	return Reader{t.inline[:]}
}

// Spilled returns the address and the capacity of the spill, which the caller must free once it has read the tail.
func (t *Tail) Spilled() (address, capacity uintptr) {
	return t.spill, t.spillCap
}

// String copies the next n bytes as text. Rust vouches for UTF-8.
func (r *Reader) String(n uintptr) string {
	text := string(r.rest[:n])
	r.rest = r.rest[n:]
	return text
}

// Bytes copies the next n bytes; none give nil.
func (r *Reader) Bytes(n uintptr) []byte {
	if n == 0 {
		return nil
	}
	// Go does not clear what it makes only where the source of the copy that follows is a plain name.
	lent := r.rest[:n]
	bytes := make([]byte, len(lent))
	copy(bytes, lent)
	r.rest = r.rest[n:]
	return bytes
}

// OptionalBytes copies the next n bytes when they are there; they are nil only when they are not.
func (r *Reader) OptionalBytes(isThere bool, n uintptr) []byte {
	bytes := r.Bytes(n)
	if bytes == nil && isThere {
		return []byte{}
	}
	return bytes
}

// LentText copies n bytes of text that Rust lends for a call. Rust vouches for UTF-8. For generated code.
func LentText(address, n uintptr) string {
	return string(view(address, n))
}

// LentBytes copies n bytes that Rust lends for a call; none give nil. For generated code.
func LentBytes(address, n uintptr) []byte {
	lent := Reader{view(address, n)}
	return lent.Bytes(n)
}

// LentOptionalBytes is LentBytes where there are bytes; they are nil only when they are not there. For generated code.
func LentOptionalBytes(isThere bool, address, n uintptr) []byte {
	lent := Reader{view(address, n)}
	return lent.OptionalBytes(isThere, n)
}

// InlineTail holds the texts and bytes of a response of Go, one after the other, where they are short. Rust has the same,
// and owns it. For generated code.
type InlineTail [TailLen]byte

// Tail is where the n bytes of a response go: inline, or, when they are more, to room that Rust makes for them.
func (i *Invocation) Tail(makeRoom MakeRoom, inline *InlineTail, n int) TailWriter {
	if n <= len(inline) {
		return TailWriter{inline[:]}
	}
	return TailWriter{view(makeRoom(i, uintptr(n)), uintptr(n))}
}

// TailWriter writes a tail from its start, in the order of the response's lengths. For generated code.
type TailWriter struct {
	rest []byte
}

// Text writes a text.
func (w *TailWriter) Text(text string) {
	w.rest = w.rest[copy(w.rest, text):]
}

// Bytes writes bytes.
func (w *TailWriter) Bytes(bytes []byte) {
	w.rest = w.rest[copy(w.rest, bytes):]
}

// Packed writes what was packed.
func (w *TailWriter) Packed(packer *Packer) {
	w.Bytes(packer.bytes)
}

// invalidUTF8 is where bytes stop to be UTF-8, or -1.
func invalidUTF8(bytes []byte) int {
	if utf8.Valid(bytes) {
		return -1
	}
	at := 0
	for at < len(bytes) {
		r, size := utf8.DecodeRune(bytes[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

func notUTF8(at int) string {
	return fmt.Sprintf("not valid UTF-8 at byte %d; pass text as UTF-8, or declare the field as bytes", at)
}

// text is text that Rust owns. It mirrors grout_text of the C header.
type text struct {
	address uintptr
	length  uintptr
}

func (t text) copy() string {
	return string(view(t.address, t.length))
}

// texts is a list of text that Rust owns.
type texts struct {
	address uintptr
	length  uintptr
}

func (t texts) copy() []string {
	if t.length == 0 {
		return nil
	}
	first := (*text)(*(*unsafe.Pointer)(unsafe.Pointer(&t.address)))
	copies := make([]string, 0, t.length)
	for _, each := range unsafe.Slice(first, t.length) {
		copies = append(copies, each.copy())
	}
	return copies
}

// Failure shows the bytes of an error that Rust owns. It mirrors grout_error of the C header. For generated code.
type Failure struct {
	bytes text
}

// Copy makes a Go error of it, so that Rust's can be freed.
func (f *Failure) Copy() *Error {
	return decodeError(f.bytes.copy())
}

// view shows length bytes of Rust's memory. The detour through a pointer to address says that the address never was a
// Go pointer: there is nothing that the garbage collector could have moved.
func view(address, length uintptr) []byte {
	if length == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&address))), length)
}

// region is bytes of Go, or of Rust. Of the latter it keeps no pointer, as Rust may free them while the region lives on.
type region struct {
	own     []byte
	address uintptr
	length  uintptr
}

// bytes are the bytes, which are still there.
func (r region) bytes() []byte {
	if r.own != nil {
		return r.own
	}
	return view(r.address, r.length)
}

// spoil overwrites bytes of Go that are given back: a test that still reads them sees it, as memory of Rust would not show
// it reliably.
func (r region) spoil() {
	for i := range r.own {
		r.own[i] = spoilt
	}
}

// spoilt is no text in UTF-8, however often it is repeated.
const spoilt = 0xdb

func (r region) len() int {
	return len(r.own) + int(r.length)
}
