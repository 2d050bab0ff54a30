//go:build cgo && !grout_mock

package gears

import "testing"

func TestTheLibraryHasWhatThisProgramCountsOn(t *testing.T) {
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	built, err := client.Describe(t.Context(), DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if hasSimd && !built.Simd || hasWindowsTracing && !built.Tracing {
		t.Errorf("got %+v", built)
	}
}
