package grout

import (
	"encoding/binary"
	"fmt"
	"math"
	"sync"
	"time"
	"unsafe"
)

// Lists, maps, oneofs and messages that contain themselves cross packed: one after the other in one run of bytes, in the
// order of the contract, numbers little-endian and as wide as their type, lengths and counts 32 bits wide, what may be
// absent after a byte that is 0 or 1, a message without fields as a byte 0. The contract says what follows, so nothing else is said.

var tooDeep = fmt.Sprintf("messages lie in each other more than %d deep", maxDepth)

// maxDepth is how deep messages that contain themselves may lie in each other.
const maxDepth = 100

// Packer packs the values of a request. The first value that cannot be packed ends it with an error that names the
// value's field. For generated code.
type Packer struct {
	place
	bytes []byte
	depth int
	// sorts says whether maps are packed in the order of their keys, so that equal values give equal bytes.
	sorts bool
}

var packers = sync.Pool{New: func() any { return new(Packer) }}

// maxPooled is how many bytes a packer may hold on to between two calls.
const maxPooled = 64 << 10

// NewPacker takes a packer; give it back with Release.
func NewPacker() *Packer {
	return packers.Get().(*Packer)
}

// Release gives the packer back, with its bytes.
func (p *Packer) Release() {
	if cap(p.bytes) > maxPooled {
		p.bytes = nil
	}
	*p = Packer{bytes: p.bytes[:0]}
	packers.Put(p)
}

// Err is why a value could not be packed, or nil.
func (p *Packer) Err() error {
	if !p.failed() {
		return nil
	}
	return ErrInvalidArgument.New(p.text())
}

// ResponseErr is Err for the response of a method of Go.
func (p *Packer) ResponseErr() error {
	if !p.failed() {
		return nil
	}
	return ErrInvalidResponse.New(p.text())
}

// Data is the start of what was packed; it stays valid until Release.
func (p *Packer) Data() *byte {
	return unsafe.SliceData(p.bytes)
}

// Len is how many bytes were packed.
func (p *Packer) Len() int {
	return len(p.bytes)
}

// At says which field the next value belongs to.
func (p *Packer) At(field string) *Packer {
	p.field = field
	return p
}

// Bool packs one byte.
func (p *Packer) Bool(v bool) {
	if v {
		p.bytes = append(p.bytes, 1)
	} else {
		p.bytes = append(p.bytes, 0)
	}
}

// Int32 packs four bytes.
func (p *Packer) Int32(v int32) { p.Uint32(uint32(v)) }

// Int64 packs eight bytes.
func (p *Packer) Int64(v int64) { p.Uint64(uint64(v)) }

// Uint32 packs four bytes.
func (p *Packer) Uint32(v uint32) { p.bytes = binary.LittleEndian.AppendUint32(p.bytes, v) }

// Uint64 packs eight bytes.
func (p *Packer) Uint64(v uint64) { p.bytes = binary.LittleEndian.AppendUint64(p.bytes, v) }

// Float32 packs four bytes.
func (p *Packer) Float32(v float32) { p.Uint32(math.Float32bits(v)) }

// Float64 packs eight bytes.
func (p *Packer) Float64(v float64) { p.Uint64(math.Float64bits(v)) }

// Text packs a length and the bytes. Rust refuses what is not UTF-8.
func (p *Packer) Text(v string) {
	p.count(len(v))
	p.bytes = append(p.bytes, v...)
}

// Bytes packs a length and the bytes.
func (p *Packer) Bytes(v []byte) {
	p.count(len(v))
	p.bytes = append(p.bytes, v...)
}

// OptionalBytes packs whether there are bytes, that is whether they are not nil, then the bytes.
func (p *Packer) OptionalBytes(v []byte) {
	p.Bool(v != nil)
	if v != nil {
		p.Bytes(v)
	}
}

// Time packs seconds since the Unix epoch and nanoseconds.
func (p *Packer) Time(v time.Time) {
	p.Int64(v.Unix())
	p.Uint32(uint32(v.Nanosecond()))
}

// Duration packs nanoseconds.
func (p *Packer) Duration(v time.Duration) { p.Int64(int64(v)) }

// Empty packs the byte that stands for a message without fields.
func (p *Packer) Empty() { p.Bool(false) }

// None packs that no alternative of a oneof is set.
func (p *Packer) None() { p.Bool(false) }

// Tag packs which alternative of a oneof is set; its value follows.
func (p *Packer) Tag(number uint32) {
	p.Bool(true)
	p.Uint32(number)
}

// Unknown refuses a value that is no alternative of its oneof, such as a pointer to one.
func (p *Packer) Unknown(v any) {
	p.fail(noAlternative(v))
}

func noAlternative(v any) string {
	return fmt.Sprintf("%T is no alternative; set one of the struct types, not a pointer to it", v)
}

// Enter begins a message that can contain itself; it reports false when it lies too deep.
func (p *Packer) Enter() bool {
	if p.depth == maxDepth {
		p.fail(tooDeep)
		return false
	}
	p.depth++
	return !p.failed()
}

// Leave ends a message that Enter began.
func (p *Packer) Leave() { p.depth-- }

func (p *Packer) count(n int) {
	if uint64(n) > math.MaxUint32 {
		p.fail(fmt.Sprintf("%d bytes or items are more than the %d that can be packed", n, uint32(math.MaxUint32)))
		return
	}
	p.Uint32(uint32(n))
}

// PackMessage packs a message that is there.
func PackMessage[T any](p *Packer, v T, pack func(*Packer, T)) {
	field, hadFailed := p.enter()
	pack(p, v)
	p.leave(field, hadFailed)
}

// PackOptional packs whether a value is there, then the value.
func PackOptional[T any](p *Packer, v *T, pack func(*Packer, T)) {
	p.Bool(v != nil)
	if v != nil {
		PackMessage(p, *v, pack)
	}
}

// PackList packs the number of items, then the items.
func PackList[T any](p *Packer, items []T, pack func(*Packer, T)) {
	field, hadFailed := p.enter()
	p.count(len(items))
	for i := 0; i < len(items) && !p.failed(); i++ {
		p.field = ""
		pack(p, items[i])
		if p.failed() {
			p.path = joinPath(fmt.Sprintf("[%d]", i), p.path)
		}
	}
	p.leave(field, hadFailed)
}

// PackMap packs the number of entries, then each key with its value: in no order, or in that of the keys for a packer
// that sorts.
func PackMap[K comparable, V any](p *Packer, entries map[K]V, key func(*Packer, K), value func(*Packer, V)) {
	field, hadFailed := p.enter()
	p.count(len(entries))
	i := 0
	pack := func(k K, v V) {
		if p.failed() {
			return
		}
		p.field = ""
		key(p, k)
		value(p, v)
		if p.failed() {
			p.path = joinPath(fmt.Sprintf("[%d]", i), p.path)
		}
		i++
	}
	if p.sorts {
		for _, k := range sortedKeys(entries) {
			pack(k, entries[k])
		}
	} else {
		for k, v := range entries {
			pack(k, v)
		}
	}
	p.leave(field, hadFailed)
}
