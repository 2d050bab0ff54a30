//go:build cgo && !grout_mock && simd

package meter

import "testing"

func TestAMethodOfAnObjectIsThereWithItsFeature(t *testing.T) {
	mean, err := open(t).MeanFast(t.Context(), MeanFastRequest{Values: []float64{1, 2}})
	if err != nil || mean.Mean != 1.5 {
		t.Errorf("got %+v, %v", mean, err)
	}
}
