package grout

import (
	"sync"
	"sync/atomic"
)

// held has objects of Go by numbers. To find one takes no lock: each call of Rust does so. The zero value is empty, and the
// first object has the number 0.
type held[T any] struct {
	// mutex is for those who add and remove.
	mutex sync.Mutex
	// slots is replaced when it grows; whoever still reads the former one finds there what was given before.
	slots atomic.Pointer[[]atomic.Pointer[holding[T]]]
	free  []uint32
	// added is how many objects there were so far. When it starts anew, so many have gone that none has their numbers.
	added uint32
}

// holding is an object that Rust holds. It does not change.
type holding[T any] struct {
	// number is the slot, and above it how many objects were added before: what was removed is not taken for what came
	// into its slot.
	number uint64
	object T
	state  *objectState
}

// add keeps an object, and returns its number.
func (h *held[T]) add(object T, state *objectState) uint64 {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if len(h.free) == 0 {
		h.grow()
	}
	last := len(h.free) - 1
	slot := h.free[last]
	h.free = h.free[:last]
	number := uint64(h.added)<<32 | uint64(slot)
	h.added++
	(*h.slots.Load())[slot].Store(&holding[T]{number, object, state})
	return number
}

func (h *held[T]) grow() {
	var old []atomic.Pointer[holding[T]]
	if slots := h.slots.Load(); slots != nil {
		old = *slots
	}
	grown := make([]atomic.Pointer[holding[T]], max(2*len(old), 8))
	for slot := range old {
		grown[slot].Store(old[slot].Load())
	}
	for slot := len(grown) - 1; slot >= len(old); slot-- {
		h.free = append(h.free, uint32(slot))
	}
	h.slots.Store(&grown)
}

// find returns what was added with the number, or nil when it was removed.
func (h *held[T]) find(number uint64) *holding[T] {
	slots, slot := h.slots.Load(), uint32(number)
	if slots == nil || uint64(slot) >= uint64(len(*slots)) {
		return nil
	}
	found := (*slots)[slot].Load()
	if found == nil || found.number != number {
		return nil
	}
	return found
}

// remove returns what was added with the number, once; then nil.
func (h *held[T]) remove(number uint64) *holding[T] {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	found := h.find(number)
	if found != nil {
		slot := uint32(number)
		(*h.slots.Load())[slot].Store(nil)
		h.free = append(h.free, slot)
	}
	return found
}
