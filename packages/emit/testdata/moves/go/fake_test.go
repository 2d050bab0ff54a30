//go:build grout_mock

package depot

import "testing"

func TestAMockTakesBuffersOfGo(t *testing.T) {
	checkMock(t)
}
