//go:build cgo && !grout_mock

package meter

import "testing"

func open(t *testing.T) *Probe {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	probe, err := client.Open(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := probe.Close(); err != nil {
			t.Error(err)
		}
	})
	return probe
}

func TestWhatIsInEveryBuild(t *testing.T) {
	mean, err := open(t).Mean(t.Context(), MeanRequest{Values: []float64{1, 2}})
	if err != nil || mean.Mean != 1.5 {
		t.Errorf("got %+v, %v", mean, err)
	}
}
