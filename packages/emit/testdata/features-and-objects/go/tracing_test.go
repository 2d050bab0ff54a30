//go:build cgo && !grout_mock && tracing

package meter

import (
	"context"
	"testing"
)

type ear struct{ heard []string }

func (e *ear) Heard(_ context.Context, sound Sound) (Thanks, error) {
	e.heard = append(e.heard, sound.Name)
	return Thanks{}, nil
}

func record(t *testing.T, ear *ear) *Recording {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	recording, err := client.Record(t.Context(), RecordRequest{Name: "owl"}, ear)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := recording.Close(); err != nil {
			t.Error(err)
		}
	})
	return recording
}

func TestAnObjectIsThereWithItsFeature(t *testing.T) {
	ear := &ear{}
	played, err := record(t, ear).Play(t.Context(), PlayRequest{})
	if err != nil || played.Name != "owl" || len(ear.heard) != 1 {
		t.Errorf("got %+v, %v, heard %v", played, err, ear.heard)
	}
}
