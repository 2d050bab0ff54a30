//go:build cgo && !grout_mock && !release_library

package vault

import (
	"fmt"
	"strings"
	"testing"
)

const isDebugLibrary = true

// Rules E11 and E12
func TestADebugBuildTellsEverything(t *testing.T) {
	for how, text := range map[string]string{
		"panic":              "the vault exploded with key 1234 in it",
		"panic with a value": "(no message)",
		"password":           "WRONG_PASSWORD: it is not 1234",
		"caused":             "asking for key 1234: NOT_ALLOWED: the key cannot be read: No such file",
	} {
		if got := fmt.Sprintf("%+v", open(t, how)); !strings.Contains(got, text) {
			t.Errorf("%s: got %s", how, got)
		}
	}
	if got := open(t, "password"); got.Arg("password") != "1234" {
		t.Errorf("got %v", got.Args)
	}
}
