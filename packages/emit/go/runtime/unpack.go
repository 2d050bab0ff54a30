package grout

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
	"unsafe"
)

// Unpacker unpacks the values of a response. It works on a copy of its own, which all texts and bytes of the response
// share: they are one allocation, and stay as long as one of them is in use. The first value that breaks the contract
// ends it; what is read from then on is zero. For generated code.
type Unpacker struct {
	place
	bytes []byte
	next  int
	depth int
	// views is what views are made of, where they are packed as such; nil where their bytes are.
	views *packedViews
}

// Unpack begins to unpack the next n bytes of the tail.
func (r *Reader) Unpack(n uintptr) *Unpacker {
	return NewUnpacker(r.Bytes(n))
}

// NewUnpacker unpacks bytes, which become its own.
func NewUnpacker(bytes []byte) *Unpacker {
	return &Unpacker{bytes: bytes}
}

// Finish is why the values break the contract, or nil when they do not and none is left.
func (u *Unpacker) Finish() error {
	if left := len(u.bytes) - u.next; left > 0 && !u.failed() {
		u.field = ""
		u.failHere(fmt.Sprintf("%d bytes are left over", left))
	}
	if !u.failed() {
		return nil
	}
	if u.views != nil {
		u.views.release()
	}
	return ErrInvalidResponse.New(u.text())
}

// FinishRequest is Finish for the request of a method of Go.
func (u *Unpacker) FinishRequest() error {
	if u.Finish() == nil {
		return nil
	}
	return ErrInvalidArgument.New(u.text())
}

// failHere keeps a reason that lies in the bytes, not in a value that they make, with their place.
func (u *Unpacker) failHere(reason string) {
	if !u.failed() {
		u.fail(fmt.Sprintf("%s (at byte %d of %d)", reason, u.next, len(u.bytes)))
	}
}

// At says which field the next value belongs to.
func (u *Unpacker) At(field string) *Unpacker {
	u.field = field
	return u
}

// take returns the next n bytes, or nil when there are not as many.
func (u *Unpacker) take(n int) []byte {
	if u.failed() {
		return nil
	}
	if left := len(u.bytes) - u.next; n > left {
		u.failHere(fmt.Sprintf("%d bytes are needed, %d are left", n, left))
		return nil
	}
	taken := u.bytes[u.next : u.next+n : u.next+n]
	u.next += n
	return taken
}

// Bool unpacks one byte, which is 0 or 1.
func (u *Unpacker) Bool() bool {
	taken := u.take(1)
	if taken == nil {
		return false
	}
	if taken[0] > 1 {
		u.next--
		u.failHere(fmt.Sprintf("%d is neither 0 nor 1", taken[0]))
	}
	return taken[0] == 1
}

// Int32 unpacks four bytes.
func (u *Unpacker) Int32() int32 { return int32(u.Uint32()) }

// Int64 unpacks eight bytes.
func (u *Unpacker) Int64() int64 { return int64(u.Uint64()) }

// Uint32 unpacks four bytes.
func (u *Unpacker) Uint32() uint32 {
	taken := u.take(4)
	if taken == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(taken)
}

// Uint64 unpacks eight bytes.
func (u *Unpacker) Uint64() uint64 {
	taken := u.take(8)
	if taken == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(taken)
}

// Float32 unpacks four bytes.
func (u *Unpacker) Float32() float32 { return math.Float32frombits(u.Uint32()) }

// Float64 unpacks eight bytes.
func (u *Unpacker) Float64() float64 { return math.Float64frombits(u.Uint64()) }

// Text unpacks a length and the bytes, which must be UTF-8.
func (u *Unpacker) Text() string {
	taken := u.take(int(u.Uint32()))
	if at := invalidUTF8(taken); at >= 0 {
		u.fail(notUTF8(at))
		return ""
	}
	return unsafe.String(unsafe.SliceData(taken), len(taken))
}

// Bytes unpacks a length and the bytes; none give nil.
func (u *Unpacker) Bytes() []byte {
	taken := u.take(int(u.Uint32()))
	if len(taken) == 0 {
		return nil
	}
	return taken
}

// OptionalBytes unpacks whether there are bytes, then the bytes; they are nil only when they are not there.
func (u *Unpacker) OptionalBytes() []byte {
	if !u.Bool() {
		return nil
	}
	if bytes := u.Bytes(); bytes != nil {
		return bytes
	}
	return []byte{}
}

// Time unpacks seconds since the Unix epoch and nanoseconds.
func (u *Unpacker) Time() time.Time {
	seconds, nanos := u.Int64(), u.Uint32()
	t, reason := timeOf(seconds, nanos)
	if reason != "" {
		u.fail(reason)
	}
	return t
}

// Duration unpacks nanoseconds.
func (u *Unpacker) Duration() time.Duration { return time.Duration(u.Int64()) }

// Tag unpacks which alternative of a oneof is set; 0 when none is.
func (u *Unpacker) Tag() uint32 {
	if !u.Bool() {
		return 0
	}
	tag := u.Uint32()
	if tag == 0 {
		u.Unknown(tag)
	}
	return tag
}

// Unknown refuses the number of an alternative.
func (u *Unpacker) Unknown(tag uint32) {
	u.failHere(fmt.Sprintf("there is no alternative with the number %d", tag))
}

// Enter begins a message that can contain itself; it reports false when it lies too deep.
func (u *Unpacker) Enter() bool {
	if u.depth == maxDepth {
		u.fail(tooDeep)
		return false
	}
	u.depth++
	return !u.failed()
}

// Leave ends a message that Enter began.
func (u *Unpacker) Leave() { u.depth-- }

// Empty unpacks the byte that stands for a message without fields.
func (u *Unpacker) Empty() {
	if u.Bool() {
		u.failHere("1 does not stand for an empty message")
	}
}

// count unpacks a number of items. Each takes at least a byte, so that more than there are bytes is not believed.
func (u *Unpacker) count() int {
	n := u.Uint32()
	if left := len(u.bytes) - u.next; uint64(n) > uint64(left) {
		u.failHere(fmt.Sprintf("%d items cannot be in the %d bytes that are left", n, left))
		return 0
	}
	return int(n)
}

// UnpackMessage unpacks a message that is there.
func UnpackMessage[T any](u *Unpacker, unpack func(*Unpacker) T) T {
	field, hadFailed := u.enter()
	v := unpack(u)
	u.leave(field, hadFailed)
	return v
}

// UnpackOptional unpacks whether a value is there, then the value; nil when it is not.
func UnpackOptional[T any](u *Unpacker, unpack func(*Unpacker) T) *T {
	if !u.Bool() {
		return nil
	}
	v := UnpackMessage(u, unpack)
	return &v
}

// UnpackList unpacks the number of items, then the items; none give nil.
func UnpackList[T any](u *Unpacker, unpack func(*Unpacker) T) []T {
	n := u.count()
	if n == 0 {
		return nil
	}
	field, hadFailed := u.enter()
	items := make([]T, 0, n)
	for i := 0; i < n && !u.failed(); i++ {
		u.field = ""
		items = append(items, unpack(u))
		if u.failed() {
			u.path = joinPath(fmt.Sprintf("[%d]", i), u.path)
		}
	}
	u.leave(field, hadFailed)
	return items
}

// UnpackMap unpacks the number of entries, then each key with its value; none give nil. A key that comes twice breaks
// the contract.
func UnpackMap[K comparable, V any](u *Unpacker, key func(*Unpacker) K, value func(*Unpacker) V) map[K]V {
	n := u.count()
	if n == 0 {
		return nil
	}
	field, hadFailed := u.enter()
	entries := make(map[K]V, n)
	for i := 0; i < n && !u.failed(); i++ {
		u.field = ""
		k := key(u)
		if _, isKnown := entries[k]; isKnown {
			u.failHere("its key was there before")
		}
		entries[k] = value(u)
		if u.failed() {
			u.path = joinPath(fmt.Sprintf("[%d]", i), u.path)
		}
	}
	u.leave(field, hadFailed)
	return entries
}
