//go:build grout_mock || !cgo

package depot

import "testing"

// Proves O24 where Rust is not linked, with a fake and without. Expected: NewBuffer makes memory of Go, for mocks.
func TestAMockTakesBuffersOfGo(t *testing.T) {
	checkMock(t)
}
