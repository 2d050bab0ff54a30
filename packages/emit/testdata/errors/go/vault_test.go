//go:build cgo && !grout_mock

package vault

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

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

func failure(t *testing.T, err error) *grout.Error {
	t.Helper()
	failure, ok := grout.AsError(err)
	if !ok {
		t.Fatalf("got %v, want a *grout.Error", err)
	}
	return failure
}

// open fails as it is told to.
func open(t *testing.T, how string) *grout.Error {
	t.Helper()
	_, err := connected(t).Open(t.Context(), OpenRequest{How: how})
	return failure(t, err)
}

// Rules E1, E3, E4 and E5
func TestATypedErrorArrivesWhole(t *testing.T) {
	err := open(t, "locked")
	got := strings.TrimSpace(fmt.Sprintln(err.Domain, err.Code, err.Name, err.Message, err.Hint, err.Args, err.Retry, err.RetryAfter, err.Canonical, err.Method))
	const want = "vault.v1.VaultError 1 LOCKED held by session 42 wait for Ada, or close session 42 ({force} closes all) " +
		"[{holder Ada} {session 42}] backoff 1.5s RESOURCE_EXHAUSTED Vault.Open"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !err.Retryable() || err.Arg("session") != "42" {
		t.Errorf("got %+v", err)
	}
	if err := open(t, "locked by nobody"); !strings.HasPrefix(err.Hint, "wait for {holder?}, or close session 42") {
		t.Errorf("got %q", err.Hint)
	}
}

// Rule E2
func TestAnErrorIsOfItsKindOnly(t *testing.T) {
	err := fmt.Errorf("opening: %w", open(t, "locked"))
	if !errors.Is(err, ErrLocked) || errors.Is(err, ErrStaleKey) || errors.Is(err, ErrNotAllowed) {
		t.Errorf("%v must be ErrLocked only", err)
	}
}

func TestTheHintMayHoldAnyText(t *testing.T) {
	if got := open(t, "stale"); !strings.Contains(got.Hint, `"current" key`) || got.Message != "" || got.Code != 5 {
		t.Errorf("got %+v", got)
	}
}

func TestTwoDomainsDoNotMix(t *testing.T) {
	_, err := connected(t).Audit(t.Context(), OpenRequest{})
	if !errors.Is(err, ErrNotAllowed) || errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
}

// Rules E6, E7 and E8
func TestAnErrorTellsItsWay(t *testing.T) {
	err := open(t, "locked")
	if len(err.Hops) != 1 {
		t.Fatalf("got %+v", err.Hops)
	}
	hop := err.Hops[0]
	if hop.Side != grout.SideRust || hop.Method != "Vault.Open" || hop.TraceID != "" || !isPlaceInRust(hop.Location) {
		t.Errorf("got %+v", hop)
	}
	// The caller of the client is this test's helper.
	if frame := err.Stack()[0]; !strings.HasSuffix(frame.Function, ".open") || !strings.HasSuffix(frame.File, "vault_test.go") {
		t.Errorf("got %+v", frame)
	}
	if text := fmt.Sprintf("%+v", err); !strings.Contains(text, "Rust at src/lib.rs:") || !strings.Contains(text, "vault_test.go:") {
		t.Errorf("got %s", text)
	}
}

func isPlaceInRust(location string) bool {
	return regexp.MustCompile(`^src/lib\.rs:\d+:\d+$`).MatchString(location)
}

// Rule E9
func TestWhatLedToAnErrorIsAChain(t *testing.T) {
	err := open(t, "caused")
	if !errors.Is(err, ErrStaleKey) || !errors.Is(err, ErrNotAllowed) || errors.Is(err, ErrLocked) {
		t.Errorf("%v must be STALE_KEY because of NOT_ALLOWED", err)
	}
	var names []string
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
		names = append(names, cause.(*grout.Cause).Name)
	}
	if len(names) != 3 || names[1] != "NOT_ALLOWED" {
		t.Errorf("got %q", names)
	}
}

// Rule E16
func TestAnErrorThatIsPassedOnStaysWhatItIs(t *testing.T) {
	_, err := connected(t).Ping(t.Context(), OpenRequest{How: "audit"})
	got := failure(t, err)
	if !errors.Is(err, ErrNotAllowed) || got.Message != "ask for permission" || got.Hops[0].Method != "Vault.Ping" {
		t.Errorf("got %+v", got)
	}
}

// Rules E2 and E20
func TestBothRuntimesHaveTheSameCodes(t *testing.T) {
	for number, kind := range map[int]*grout.Kind{
		1: grout.ErrPanic, 2: grout.ErrInvalidArgument, 3: grout.ErrUnimplemented, 4: grout.ErrHandshake,
		5: grout.ErrCanceled, 6: grout.ErrDeadlineExceeded, 7: grout.ErrUnavailable, 8: grout.ErrInvalidResponse,
		9: grout.ErrClosed, 10: grout.ErrBusy, 11: grout.ErrUnknown,
	} {
		got, want := open(t, fmt.Sprint("runtime ", number)), kind.New("as told")
		if !errors.Is(got, kind) || got.Name != want.Name || got.Retry != want.Retry || got.Canonical != want.Canonical {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if err := open(t, "runtime 5"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v must be context.Canceled", err)
	}
}

// Rules E15, E16 and E18
func TestAnErrorOfGoReachesRustAndComesBack(t *testing.T) {
	client := connected(t)
	site := grout.Site{Method: "Keys.Find", ShowForeign: true}
	relay := func(err error) (OpenResponse, error) {
		return client.Relay(t.Context(), RelayRequest{Error: grout.EncodeError(err, site)})
	}
	// Rust finds the code.
	if resp, err := relay(ErrNotAllowed.New("says Go")); err != nil || resp.Note != "says Go" {
		t.Errorf("got %+v, %v", resp, err)
	}
	// Rust passes on what it does not know.
	made := ErrLocked.New("held").With("holder", "Go").RetryIn(time.Second).CausedBy(errors.New("disk full"))
	_, err := relay(fmt.Errorf("finding: %w", made))
	got := failure(t, err)
	if !errors.Is(err, ErrLocked) || got.Message != "held" || !strings.HasPrefix(got.Hint, "wait for Go, or") || got.RetryAfter != time.Second {
		t.Errorf("got %+v", got)
	}
	if got.Unwrap().Error() != "disk full" || got.Method != "Vault.Relay" || got.Canonical != grout.CanonicalResourceExhausted {
		t.Errorf("got %+v", got)
	}
	if len(got.Hops) != 2 || got.Hops[0].Side != grout.SideGo || got.Hops[0].Method != "Keys.Find" ||
		!strings.HasPrefix(got.Hops[0].Location, "example.com/acme/vault-go/vault_test.go:") ||
		got.Hops[1].Side != grout.SideRust || got.Hops[1].Method != "Vault.Relay" || !isPlaceInRust(got.Hops[1].Location) {
		t.Errorf("got %+v", got.Hops)
	}
	// And once around again.
	_, err = relay(err)
	if again := failure(t, err); len(again.Hops) != 4 || again.Hops[0] != got.Hops[0] || again.Message != "held" {
		t.Errorf("got %+v", again)
	}
	// Bytes that are no error.
	if _, err := client.Relay(t.Context(), RelayRequest{Error: []byte{3}}); !errors.Is(err, grout.ErrHandshake) {
		t.Errorf("got %v", err)
	}
}

// Rule E10
func TestAPanicIsAnErrorAndTheServiceLivesOn(t *testing.T) {
	client := connected(t)
	before, err := client.Ping(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"panic", "panic with a value", "panic in a thread"} {
		got := open(t, how)
		if !errors.Is(got, grout.ErrPanic) || got.Method != "Vault.Open" || got.Canonical != grout.CanonicalInternal {
			t.Errorf("%s: got %+v", how, got)
		}
		// The panic of another thread was somewhere else.
		if isKnown := isPlaceInRust(got.Hops[0].Location); isKnown != (how != "panic in a thread") {
			t.Errorf("%s: got %q", how, got.Hops[0].Location)
		}
	}
	after, err := client.Ping(t.Context(), OpenRequest{})
	if err != nil || after.Calls != before.Calls+1 {
		t.Errorf("got %+v, %v after %+v", after, err, before)
	}
}

// Rule E10
func TestAPanicRunsDropsAndLeavesNoLockHeld(t *testing.T) {
	client := connected(t)
	before, err := client.Ping(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	const panics = 3
	for range panics {
		if err := open(t, "panic at the door"); !errors.Is(err, grout.ErrPanic) {
			t.Errorf("got %v", err)
		}
	}
	after, err := client.Ping(t.Context(), OpenRequest{})
	if err != nil || after.Drops != before.Drops+panics || after.Note != "open, though poisoned" {
		t.Errorf("got %+v, %v after %+v", after, err, before)
	}
}

// Rule E21
func TestErrorsOfManyCallsDoNotMix(t *testing.T) {
	client := connected(t)
	var calls sync.WaitGroup
	for worker := range 8 {
		calls.Go(func() {
			for range 200 {
				how, want := "locked", ErrLocked
				if worker%2 == 0 {
					how, want = "stale", ErrStaleKey
				}
				if _, err := client.Open(t.Context(), OpenRequest{How: how}); !errors.Is(err, want) {
					t.Errorf("got %v, want %v", err, want)
				}
			}
		})
	}
	calls.Wait()
}
