//go:build cgo

package budget

/*
#include <stdint.h>

#cgo noescape grout_budget_raw_call
#cgo nocallback grout_budget_raw_call

static uint64_t grout_budget_raw_call(uint32_t a, uint64_t b, double c) {
	return a + b + (uint64_t)c;
}
*/
import "C"

const canCallRaw = true

// rawCall is the smallest call that carries something: three numbers.
func rawCall() {
	C.grout_budget_raw_call(1, 2, 3)
}
