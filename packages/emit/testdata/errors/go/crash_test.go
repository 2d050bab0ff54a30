//go:build cgo && !grout_mock

package vault

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	grout "example.com/acme/grout-go"
)

const crashVariable = "GROUT_TEST_CRASH"

// rerun runs one test in a process of its own, and returns how that ended, with all that it wrote.
func rerun(t *testing.T, test string, environment ...string) (end, output string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, "-test.run=^"+test+"$", "-test.v")
	command.Env = append(os.Environ(), environment...)
	bytes, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return command.ProcessState.String(), string(bytes)
}

// TestCrash is the process that ends.
func TestCrash(t *testing.T) {
	how := os.Getenv(crashVariable)
	if how == "" {
		t.Skip("for the other tests of this file")
	}
	_, err := connected(t).Open(t.Context(), OpenRequest{How: how})
	t.Logf("contained: %v", err)
}

// Rule E17
func TestWhatCannotBeContainedEndsTheProcess(t *testing.T) {
	// On a thread of Go, Go's runtime reports the signal; one that Rust started dies without a word of Go's.
	const reported = "signal arrived during cgo execution"
	for how, want := range map[string]struct{ end, text string }{
		"overflow":                          {"exit status 2", reported},
		"segfault":                          {"exit status 2", reported},
		"abort":                             {"exit status 2", reported},
		"out of memory":                     {"exit status 2", "memory allocation of 1048576 bytes failed"},
		"panic while panicking":             {"exit status 2", "panic in a destructor during cleanup"},
		"exit":                              {"exit status 42", ""},
		"overflow in a thread":              {"signal: segmentation fault", ""},
		"segfault in a thread":              {"signal: segmentation fault", ""},
		"abort in a thread":                 {"signal: aborted", ""},
		"panic while panicking in a thread": {"signal: aborted", "panic in a destructor during cleanup"},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			end, output := rerun(t, "TestCrash", crashVariable+"="+how, "RUST_BACKTRACE=0")
			if !strings.HasPrefix(end, want.end) || !strings.Contains(output, want.text) || strings.Contains(output, "contained:") {
				t.Errorf("got %s: %s", end, output)
			}
		})
	}
}

// TestLateService is the process whose service cannot be made at once.
func TestLateService(t *testing.T) {
	if os.Getenv("GROUT_TEST_FIRST_FAILS") == "" {
		t.Skip("for the other tests of this file")
	}
	client := connected(t)
	if _, err := client.Open(t.Context(), OpenRequest{}); !errors.Is(err, grout.ErrPanic) {
		t.Errorf("the first call gives %v, want PANIC", err)
	}
	if _, err := client.Open(t.Context(), OpenRequest{}); errors.Is(err, grout.ErrPanic) {
		t.Errorf("the second call gives %v", err)
	}
}

// Proves C4 of a service that panics while it is made. Expected: the next call makes it.
func TestAServiceThatCannotBeMadeIsTriedAgain(t *testing.T) {
	end, output := rerun(t, "TestLateService", "GROUT_TEST_FIRST_FAILS=1", "RUST_BACKTRACE=0")
	if end != "exit status 0" || !strings.Contains(output, "--- PASS: TestLateService") {
		t.Errorf("got %s: %s", end, output)
	}
}
