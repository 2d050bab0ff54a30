//go:build cgo && !grout_mock && simd && tracing

package meter

import "testing"

func TestAMethodIsThereWithItsFeatureAndThatOfItsObject(t *testing.T) {
	ear := &ear{}
	played, err := record(t, ear).PlayFast(t.Context(), PlayRequest{})
	if err != nil || played.Name != "owl" || len(ear.heard) != 1 {
		t.Errorf("got %+v, %v, heard %v", played, err, ear.heard)
	}
}
