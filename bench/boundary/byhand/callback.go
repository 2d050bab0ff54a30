package byhand

// #include "byhand.h"
// uint64_t byhand_sum_next(uint64_t, uint64_t, uint64_t);
// intptr_t byhand_mark_next(byhand_note *, uint8_t *, size_t, uint8_t *, size_t);
// static uint64_t byhand_sum_back_next(uint64_t times) { return byhand_sum_back(byhand_sum_next, times); }
// static uint64_t byhand_mark_back_next(uint64_t times) { return byhand_mark_back(byhand_mark_next, times); }
import "C"

import "unsafe"

//export byhand_sum_next
func byhand_sum_next(a, b, c C.uint64_t) C.uint64_t {
	return a + b + c
}

// The name is copied, and the answer written to the buffer, which is Rust's.
//
//export byhand_mark_next
func byhand_mark_next(note *C.byhand_note, lent *C.uint8_t, n C.size_t, buffer *C.uint8_t, capacity C.size_t) C.intptr_t {
	name := string(unsafe.Slice((*byte)(lent), n))
	marked := name + "-x"
	if len(marked) > int(capacity) {
		return -1
	}
	note.id++
	note.time++
	note.score *= 2
	return C.intptr_t(copy(unsafe.Slice((*byte)(buffer), capacity), marked))
}

// SumBack makes Rust call Go so many times, with three numbers.
func SumBack(times int) uint64 {
	return uint64(C.byhand_sum_back_next(C.uint64_t(times)))
}

// MarkBack makes Rust call Go so many times, with a struct and a text.
func MarkBack(times int) uint64 {
	return uint64(C.byhand_mark_back_next(C.uint64_t(times)))
}
