package grout

import (
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
)

// Buffer is memory that Go fills and a call gives away. The NewBuffer of a bridge makes it, in Rust; it starts as zeros. A
// call that is passed a Buffer takes it, whatever the call returns: the Buffer is closed, and its bytes are not to be
// looked at any more. Release one that is not passed to a call after all. A nil Buffer has no bytes. Where less was filled
// than there is room for, Truncate the rest away.
//
// Who implements a service in Go by hand is passed a Buffer of its own, to release or to pass on; a generated mock does that
// itself, and whoever answers for it sees a copy.
//
// Several goroutines may use one Buffer: one of them passes it on or releases it, and the others get [ErrClosed]. That
// none of them is still writing or truncating then is for them to agree on.
type Buffer struct {
	// memory goes from one Buffer to the next; nil when there are no bytes.
	memory *bufferMemory
	// length is how many of its bytes are left.
	length int
	closed atomic.Bool
}

// bufferMemory is what the Buffers before and after a move have in common.
type bufferMemory struct {
	region
	// maker is the package of the bridge that the buffer is for; empty for bytes of Go that are for none.
	maker string
	live  *bytesState // nil when nobody need free it
}

// maxBuffer is how many bytes a buffer may have. More are a mistake, and more than any machine has.
const maxBuffer int64 = 1 << 46

func newBuffer(memory *bufferMemory) *Buffer {
	return &Buffer{memory: memory, length: memory.len()}
}

// BufferOf makes a buffer of bytes of Go, to compare with in tests: what a mock is expected to be passed. It needs no
// Release. Calls refuse it, to Rust and to a mock: they take what the NewBuffer of their bridge makes.
func BufferOf(bytes []byte) *Buffer {
	return newBuffer(&bufferMemory{region: region{own: bytes}})
}

// CheckBufferSize is why there can be no buffer of that size, or nil. For generated code.
func CheckBufferSize(size int) error {
	if size < 0 || int64(size) > maxBuffer {
		return ErrInvalidArgument.New(fmt.Sprintf("a buffer has 0 to %d bytes, not %d", maxBuffer, size))
	}
	return nil
}

// Buffer makes a buffer of what Rust has made for it. maker is the package of the bridge, size what was asked for; free
// gives the owner back once. For generated code.
func (f *ForeignView) Buffer(maker string, size int, free func(owner uintptr)) (*Buffer, error) {
	if f.owner == 0 {
		return nil, ErrResourceExhausted.New(fmt.Sprintf("there is no memory for a buffer of %d bytes", size))
	}
	live := bufferState(maker, "Rust", f.owner, free)
	return trackedBuffer(&bufferMemory{f.region(), maker, live}), nil
}

// NewGoBuffer makes a buffer of memory of Go that is listed, and reported when it is forgotten, as one of Rust: what a
// mock is given. For generated code.
func NewGoBuffer(maker string, size, align int) *Buffer {
	live := bufferState(maker, "Go", 0, nil)
	return trackedBuffer(&bufferMemory{region{own: AlignedBytes(size, align)}, maker, live})
}

func bufferState(maker, side string, owner uintptr, free func(owner uintptr)) *bytesState {
	state := &bytesState{owner: owner, free: free}
	state.live = LiveObject{
		Type:    "buffer of " + maker,
		Owner:   side,
		Holder:  "Go",
		FreedBy: "Release, or a call that takes it",
		Threads: "any",
	}
	state.opening.walk(1)
	state.open()
	return state
}

func trackedBuffer(memory *bufferMemory) *Buffer {
	memory.live.cleanup = runtime.AddCleanup(memory, (*bytesState).forgotten, memory.live)
	return newBuffer(memory)
}

// Bytes are the bytes, to be written until the buffer is given away or released. It panics with an error that is
// [ErrClosed] after that. Keep the buffer until then: what is only reachable through these bytes counts as forgotten.
func (b *Buffer) Bytes() []byte {
	if b.isNone() {
		return nil
	}
	if b.closed.Load() {
		panic(b.errClosed())
	}
	return b.bytes()
}

// bytes are those that are left, of a buffer that is open.
func (b *Buffer) bytes() []byte {
	return b.memory.bytes()[:b.length:b.length]
}

// Len is the number of the bytes, also when the buffer is closed.
func (b *Buffer) Len() int {
	if b.isNone() {
		return 0
	}
	return b.length
}

// Truncate keeps the first n bytes: the others are not given away, and are freed with them. It panics as Bytes does, and
// when the buffer has fewer.
func (b *Buffer) Truncate(n int) {
	if !b.isNone() && b.closed.Load() {
		panic(b.errClosed())
	}
	if n < 0 || n > b.Len() {
		panic(fmt.Sprintf("grout: this %v cannot be truncated to %d", b, n))
	}
	if !b.isNone() {
		b.length = n
	}
}

// Release frees a buffer that no call was passed. A second time, and after a call, it fails with [ErrClosed].
func (b *Buffer) Release() error {
	if b.isNone() {
		return nil
	}
	if b.closed.Swap(true) {
		return b.errClosed()
	}
	b.memory.release()
	return nil
}

func (m *bufferMemory) release() {
	if m.live == nil {
		return
	}
	defer runtime.KeepAlive(m)
	m.live.closed.Store(true)
	m.spoil()
	m.live.release()
}

// String says how many bytes there are, and none of them.
func (b *Buffer) String() string {
	return fmt.Sprintf("buffer of %d bytes", b.Len())
}

// Format writes what String says, with every verb.
func (b *Buffer) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, b.String())
}

// MarshalText is what String says, for logs and JSON.
func (b *Buffer) MarshalText() ([]byte, error) {
	return []byte(b.String()), nil
}

// isNone says whether there is no buffer; the zero value is none either.
func (b *Buffer) isNone() bool {
	return b == nil || b.memory == nil
}

func (b *Buffer) errClosed() error {
	return ErrClosed.New(b.closedText())
}

func (b *Buffer) closedText() string {
	return fmt.Sprintf("this %v is closed: a call has taken it, or it was released", b)
}

// BufferTaker takes the buffers of a request, all of them, on behalf of a call. The zero value is ready for use. For
// generated code.
type BufferTaker struct {
	err error
}

// Take closes the buffer of a field, and returns one with its memory that nobody else has; nil when it was closed.
func (t *BufferTaker) Take(field string, b *Buffer) *Buffer {
	if b.isNone() {
		return nil
	}
	if b.closed.Swap(true) {
		if t.err == nil {
			t.err = ErrClosed.New(field + ": " + b.closedText())
		}
		return nil
	}
	return &Buffer{memory: b.memory, length: b.length}
}

// Err is why a buffer could not be taken, or nil.
func (t *BufferTaker) Err() error {
	return t.err
}

// DiscardBuffer frees a buffer, unless that is done or it was given away. For generated code.
func DiscardBuffer(b *Buffer) {
	if !b.isNone() && !b.closed.Swap(true) {
		b.memory.release()
	}
}

// CheckMaker refuses the buffer of a field when it is not for the bridge with that package. For generated code.
func CheckMaker(field string, b *Buffer, maker string) error {
	if b.isNone() || b.memory.maker == maker {
		return nil
	}
	of := b.memory.maker
	if of == "" {
		of = "Go"
	}
	return ErrInvalidArgument.New(fmt.Sprintf(
		"%s: its memory is that of %s, which the library of %s cannot take over; make it with the NewBuffer of this package", field, of, maker))
}

// GiveBuffer hands the memory to Rust, which owns it from then on, and is told its length as well. It panics for memory of
// Go, which Rust could not free. For generated code: the next that happens is the call that passes it.
func GiveBuffer(b *Buffer) (owner uintptr) {
	if b.isNone() {
		return 0
	}
	live := b.memory.live
	if live == nil || live.owner == 0 {
		panic(fmt.Sprintf("grout: this %v is memory of Go, which is not Rust's to free", b))
	}
	if b.closed.Swap(true) {
		return 0
	}
	defer runtime.KeepAlive(b.memory)
	live.closed.Store(true)
	live.untrack()
	return live.owner
}

// Buffer copies what a buffer holds to one that nobody else has and nobody need release; none for no bytes.
func (c *Copier) Buffer(v *Buffer, align int) *Buffer {
	if !v.isNone() && v.closed.Load() {
		c.fail(v.closedText())
		return nil
	}
	if v.Len() == 0 {
		return nil
	}
	return BufferOf(AlignedClone(v.bytes(), align))
}

// Buffer packs the bytes of a buffer.
func (p *Packer) Buffer(v *Buffer) {
	p.Bytes(v.Bytes())
}

// Buffer unpacks bytes as a buffer of Go's own; none give nil.
func (u *Unpacker) Buffer() *Buffer {
	bytes := u.Bytes()
	if bytes == nil {
		return nil
	}
	return BufferOf(bytes)
}
