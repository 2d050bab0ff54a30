package byhand

// #include "byhand.h"
// uint64_t byhand_next(uint64_t);
// static uint64_t byhand_call_back_next(uint64_t times) { return byhand_call_back(byhand_next, times); }
import "C"

//export byhand_next
func byhand_next(value C.uint64_t) C.uint64_t {
	return value + 1
}

// CallBack makes Rust call Go so many times.
func CallBack(times int) uint64 {
	return uint64(C.byhand_call_back_next(C.uint64_t(times)))
}
