//go:build cgo && !grout_mock

package scoring

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

const endsVariable = "GROUT_TEST_ENDS_ITS_GOROUTINE"

// leaving is a weigher that does not return.
type leaving struct{ byWords }

func (*leaving) Weigh(context.Context, Document) (Weight, error) {
	runtime.Goexit()
	return Weight{}, nil
}

// TestLeaving is the process that ends.
func TestLeaving(t *testing.T) {
	if os.Getenv(endsVariable) == "" {
		t.Skip("for the test below")
	}
	_, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("a")}, &leaving{})
	t.Logf("contained: %v", err)
}

// Proves O20, a callback returns. Expected: one that ends its goroutine instead ends the program, which says why.
func TestACallbackThatEndsItsGoroutineEndsTheProgram(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, "-test.run=^TestLeaving$", "-test.v")
	command.Env = append(os.Environ(), endsVariable+"=1")
	output, _ := command.CombinedOutput()
	want := "grout: Weigher.Weigh ended its goroutine in the midst of a call of Rust"
	if code := command.ProcessState.ExitCode(); code != 2 || !strings.Contains(string(output), want) {
		t.Errorf("exit code %d: %s", code, output)
	}
}
