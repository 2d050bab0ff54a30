//go:build cgo && !grout_mock

package pump

import "testing"

func TestABridgeConnectsWithoutItsFeatures(t *testing.T) {
	if _, err := New(); err != nil {
		t.Error(err)
	}
}
