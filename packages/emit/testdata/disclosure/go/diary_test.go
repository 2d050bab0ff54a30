//go:build cgo && !grout_mock

package diary

import "testing"

func read(t *testing.T, page string) string {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Read(t.Context(), ReadRequest{Page: page})
	return err.Error()
}

// Rule E13
func TestForeignTextsCrossInEveryBuild(t *testing.T) {
	for page, want := range map[string]string{
		"panic": "Diary.Read: PANIC: the Rust implementation panicked: out of ink",
		"seven": "Diary.Read: TORN: unreadable: no page seven",
	} {
		if got := read(t, page); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
