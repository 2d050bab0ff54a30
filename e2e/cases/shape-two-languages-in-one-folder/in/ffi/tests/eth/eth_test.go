package eth

import (
	"testing"

	"example.com/engine/ffi"
)

func TestOpen(t *testing.T) {
	if ffi.Open() != 7 {
		t.Fail()
	}
}
