//go:build cgo && !grout_mock

package vault

import "testing"

// Rule E14
func TestTheHookInRustSeesErrorsWhole(t *testing.T) {
	for how, want := range map[string]string{
		"password": "Vault.Open WRONG_PASSWORD: it is not 1234",
		"panic":    "Vault.Open PANIC: the Rust implementation panicked: the vault exploded with key 1234 in it",
		"caused": "Vault.Open STALE_KEY: no key: asking for key 1234: the key cannot be read" +
			": No such file or directory (os error 2)",
	} {
		open(t, how)
		seen, err := connected(t).Ping(t.Context(), OpenRequest{How: "the hook"})
		if err != nil || seen.Note != want {
			t.Errorf("%s: got %q, %v", how, seen.Note, err)
		}
	}
}
