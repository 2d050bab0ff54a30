//go:build cgo && !grout_mock && !release_library

package diary

import "testing"

// Rule E13
func TestARedactedMessageCrossesInADebugBuild(t *testing.T) {
	if got, want := read(t, "private"), "Diary.Read: PRIVATE: about Ada"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
