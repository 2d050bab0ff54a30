//go:build !cgo && !grout_mock

package vault

import (
	"errors"
	"strings"
	"testing"

	grout "example.com/acme/grout-go"
)

func TestWithoutCgoNewSaysWhatToDo(t *testing.T) {
	_, err := New()
	if !errors.Is(err, grout.ErrUnavailable) || !strings.Contains(err.Error(), "CGO_ENABLED=1") {
		t.Errorf("got %v", err)
	}
}
