//go:build cgo && !grout_mock && tracing

package meter

import "testing"

func init() {
	boundaryFixturesWithTracing.Recording = func(t testing.TB) *Recording {
		client, err := New()
		if err != nil {
			t.Fatal(err)
		}
		recording, err := client.Record(t.Context(), RecordRequest{Name: "owl"}, &ear{})
		if err != nil {
			t.Fatal(err)
		}
		return recording
	}
}
