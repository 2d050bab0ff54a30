//go:build cgo && !grout_mock

package vault

import (
	"os"
	"strings"
	"testing"
)

// TestBacktrace prints what there is of backtraces, for the other test of this file.
func TestBacktrace(t *testing.T) {
	if os.Getenv("RUST_LIB_BACKTRACE") == "" {
		t.Skip("for the other test of this file")
	}
	for _, how := range []string{"locked", "panic"} {
		t.Logf("backtrace of %s: %s", how, open(t, how).Backtrace)
	}
}

// Rules E7 and E24
func TestABacktraceCrossesInDebugBuildsWhenAskedFor(t *testing.T) {
	_, silent := rerun(t, "TestBacktrace", "RUST_LIB_BACKTRACE=0", "RUST_BACKTRACE=1")
	_, asked := rerun(t, "TestBacktrace", "RUST_LIB_BACKTRACE=1", "RUST_BACKTRACE=0")
	// The program of `go test` has no symbols, so that the frames have no names.
	for _, how := range []string{"locked", "panic"} {
		first := "backtrace of " + how + ":    0: "
		if strings.Contains(silent, first) || strings.Contains(asked, first) != isDebugLibrary {
			t.Errorf("%s: got %s and %s", how, silent, asked)
		}
	}
	if strings.Contains(asked, " at /") || strings.Contains(asked, " at ./") {
		t.Errorf("got %s", asked)
	}
}
