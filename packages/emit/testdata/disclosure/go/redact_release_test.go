//go:build cgo && !grout_mock && release_library

package diary

import "testing"

// Rule E13
func TestARedactedMessageStaysInAReleaseBuild(t *testing.T) {
	const want = "Diary.Read: PRIVATE: (withheld; the hook of grout::set_error_hook in Rust sees it)"
	if got := read(t, "private"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
