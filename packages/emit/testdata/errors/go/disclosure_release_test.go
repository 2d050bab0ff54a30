//go:build cgo && !grout_mock && release_library

package vault

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	grout "example.com/acme/grout-go"
)

const isDebugLibrary = false

// Rules E11, E12 and E13
func TestAReleaseBuildTellsNothingThatNobodyWroteForTheCaller(t *testing.T) {
	for how, text := range map[string]string{
		"panic":              "the Rust implementation panicked (message withheld; Rust's standard error, or its panic hook, has it)",
		"panic with a value": "the Rust implementation panicked (message withheld;",
		"panic in a thread":  "the Rust implementation panicked (message withheld;",
		"panic at the door":  "the Rust implementation panicked (message withheld;",
		"password":           "WRONG_PASSWORD: (withheld; the hook of grout::set_error_hook in Rust sees it) (ask root)",
		"caused":             "STALE_KEY: no key: (withheld; the hook of grout::set_error_hook in Rust sees it): NOT_ALLOWED: the key cannot be read: (withheld;",
	} {
		err := open(t, how)
		got := fmt.Sprintf("%+v %+v", err, err.Status())
		if !strings.Contains(got, text) || strings.Contains(got, "1234") || strings.Contains(got, "exploded") || err.Backtrace != "" {
			t.Errorf("%s: got %s", how, got)
		}
		// Where it was is known all the same: that is text of the program, not of its data.
		if how != "panic in a thread" && !isPlaceInRust(err.Hops[0].Location) {
			t.Errorf("%s: got %q", how, err.Hops[0].Location)
		}
	}
	if got := open(t, "password"); len(got.Args) != 1 || got.Arg("owner") != "root" {
		t.Errorf("got %v", got.Args)
	}
}

// Rules E9 and E12
func TestAReleaseBuildKeepsTheCodesOfCauses(t *testing.T) {
	if err := open(t, "caused"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
	if err := open(t, "panic"); !errors.Is(err, grout.ErrPanic) {
		t.Errorf("got %v", err)
	}
}
