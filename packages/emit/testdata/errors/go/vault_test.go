//go:build cgo && !grout_mock

package vault

import (
	"errors"
	"strings"
	"testing"

	grout "example.com/acme/grout-go"
)

func connected(t *testing.T) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func failure(t *testing.T, err error) grout.Error {
	t.Helper()
	var failure *grout.Error
	if !errors.As(err, &failure) {
		t.Fatalf("got %v, want a *grout.Error", err)
	}
	return *failure
}

func TestATypedErrorArrivesWhole(t *testing.T) {
	_, err := connected(t).Open(t.Context(), OpenRequest{How: "locked"})
	want := grout.Error{
		Domain: "vault.v1.VaultError", Code: 1, Name: "LOCKED", Message: "held by session 42",
		Hint: "close the other session", Retry: grout.RetryBackoff, Method: "Vault.Open",
	}
	if got := failure(t, err); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !errors.Is(err, ErrLocked) || errors.Is(err, ErrStaleKey) || errors.Is(err, ErrNotAllowed) {
		t.Errorf("%v must be ErrLocked only", err)
	}
}

func TestTheHintMayHoldAnyText(t *testing.T) {
	_, err := connected(t).Open(t.Context(), OpenRequest{How: "stale"})
	if got := failure(t, err); !strings.Contains(got.Hint, `"current" key`) || got.Message != "" || got.Code != 5 {
		t.Errorf("got %+v", got)
	}
}

func TestARedactedMessageStaysInRustInReleaseBuilds(t *testing.T) {
	_, err := connected(t).Open(t.Context(), OpenRequest{How: "password"})
	if got := failure(t, err); !errors.Is(err, ErrWrongPassword) || got.Message != "(redacted)" && got.Message != "it is not 1234" {
		t.Errorf("got %+v", got)
	}
}

func TestTwoDomainsDoNotMix(t *testing.T) {
	_, err := connected(t).Audit(t.Context(), OpenRequest{})
	if !errors.Is(err, ErrNotAllowed) || errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
}

func TestAPanicIsAnErrorAndTheServiceLivesOn(t *testing.T) {
	client := connected(t)
	before, err := client.Ping(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"panic", "panic with a value"} {
		_, err := client.Open(t.Context(), OpenRequest{How: how})
		if got := failure(t, err); !errors.Is(err, grout.ErrPanic) || got.Method != "Vault.Open" {
			t.Errorf("got %+v", got)
		}
	}
	after, err := client.Ping(t.Context(), OpenRequest{})
	if err != nil || after.Calls != before.Calls+1 {
		t.Errorf("got %+v, %v after %+v", after, err, before)
	}
}
