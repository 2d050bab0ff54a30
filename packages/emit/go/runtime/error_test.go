package grout

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

var (
	errLocked = NewKind("test.v1.TestError", 7, "LOCKED", "close process {holder}", RetryBackoff)
	errSecret = NewKind("test.v1.TestError", 8, "SECRET", "ask {owner}", RetryNever).
			WithCanonical(CanonicalPermissionDenied).Redacting()
)

func TestAnErrorIsOfItsKindOnly(t *testing.T) {
	err := fmt.Errorf("opening: %w", errLocked.New("held by 42"))
	if !errors.Is(err, errLocked) {
		t.Errorf("%v is not errLocked", err)
	}
	sameCode := NewKind("other.v1.OtherError", 7, "LOCKED", "", RetryNever)
	sameDomain := NewKind("test.v1.TestError", 8, "LOCKED", "", RetryNever)
	for _, other := range []error{sameCode, sameDomain, context.Canceled, errors.New("LOCKED")} {
		if errors.Is(err, other) {
			t.Errorf("%v is %v", err, other)
		}
	}
}

// Rules E1, E2 and E4
func TestAnErrorHasAllItsParts(t *testing.T) {
	err := InMethod(errLocked.New("held").With("holder", 1).With("holder", 42).RetryIn(time.Second), "Index.Open")
	failure, ok := AsError(fmt.Errorf("opening: %w", err))
	if !ok {
		t.Fatalf("%v is no *Error", err)
	}
	got := strings.TrimSpace(fmt.Sprintln(failure.Domain, failure.Code, failure.Name, failure.Message, failure.Hint,
		failure.Args, failure.Retry, failure.RetryAfter, failure.Canonical, failure.Method))
	const want = "test.v1.TestError 7 LOCKED held close process 42 [{holder 42}] backoff 1s UNAVAILABLE Index.Open"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if failure.Arg("holder") != "42" || failure.Arg("none") != "" {
		t.Errorf("got %v", failure.Args)
	}
	if got, want := err.Error(), "Index.Open: LOCKED: held (close process 42)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := fmt.Sprintf("%s|%v|%q", err, err, errLocked.New("")); !strings.HasPrefix(got, err.Error()+"|"+err.Error()+"|\"LOCKED (close process {holder?})") {
		t.Errorf("got %s", got)
	}
}

// Rule E3
func TestWhatToRetry(t *testing.T) {
	for kind, want := range map[*Kind]bool{errLocked: true, errSecret: false, ErrPanic: false, ErrUnavailable: false, ErrResourceExhausted: true} {
		if got := kind.New("").Retryable(); got != want {
			t.Errorf("%v: got %v", kind, got)
		}
	}
	if !ErrUnknown.New("").RetryIn(time.Second).Retryable() || errSecret.New("").RetryIn(time.Second).Retryable() {
		t.Error("a wait is advice to try again where the contract says nothing")
	}
}

// Rule E9
func TestTheChainOfCausesIsWalked(t *testing.T) {
	disk := errors.New("disk full")
	err := errLocked.New("held").With("holder", 42).CausedBy(fmt.Errorf("locking: %w", disk))
	if !errors.Is(err, disk) {
		t.Errorf("%v does not lead to its cause", err)
	}
	if got, want := err.Error(), "LOCKED: held: locking: disk full (close process 42)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	chain := &Cause{Message: "opening", Next: &Cause{Domain: "test.v1.TestError", Code: 7, Name: "LOCKED", Message: "held"}}
	outer := errSecret.New("").CausedBy(chain)
	if !errors.Is(outer, errLocked) || errors.Is(outer, ErrPanic) || !errors.Is(outer, errSecret) {
		t.Errorf("%v must be SECRET and LOCKED", outer)
	}
	if got, want := chain.Error(), "opening: LOCKED: held"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	gone := errLocked.New("").CausedBy(&Cause{Domain: runtimeDomain, Code: 5, Name: "CANCELED"})
	if !errors.Is(gone, context.Canceled) {
		t.Errorf("%v must be context.Canceled", gone)
	}
}

// Rule E7
func TestAnErrorKnowsItsPlaces(t *testing.T) {
	err := InMethod(errLocked.New("held"), "Index.Open").(*Error)
	if got := placeOf(err.made); !regexp.MustCompile(`^[^/].*/error_test\.go:\d+$`).MatchString(got) {
		t.Errorf("got %q", got)
	}
	// The method is called by generated code, which this test stands for.
	if frames := err.Stack(); len(frames) == 0 || frames[0].Function != "testing.tRunner" {
		t.Errorf("got %+v", frames)
	}
	full := fmt.Sprintf("%+v", err)
	for _, part := range []string{"LOCKED: held", "\nmade at ", "error_test.go:", "testing.tRunner"} {
		if !strings.Contains(full, part) {
			t.Errorf("%q does not mention %q", full, part)
		}
	}
}

func TestABareKindIsFoundAsAnError(t *testing.T) {
	var failure *Error
	if !errors.As(fmt.Errorf("opening: %w", errLocked), &failure) || failure.Code != 7 {
		t.Errorf("got %+v", failure)
	}
}

func TestInMethodKeepsTheInnermostMethodAndOtherErrors(t *testing.T) {
	inner := InMethod(errLocked.New(""), "Inner.Call")
	if got := InMethod(inner, "Outer.Call"); got != inner {
		t.Errorf("got %v", got)
	}
	plain := errors.New("plain")
	if got := InMethod(plain, "Outer.Call"); got != plain {
		t.Errorf("got %v", got)
	}
}

func TestErrorsOfContextsMatchTheContextsOwn(t *testing.T) {
	if !errors.Is(ErrCanceled.New(""), context.Canceled) || errors.Is(ErrCanceled.New(""), context.DeadlineExceeded) {
		t.Error("ErrCanceled must be context.Canceled only")
	}
	if !errors.Is(ErrDeadlineExceeded.New(""), context.DeadlineExceeded) {
		t.Error("ErrDeadlineExceeded must be context.DeadlineExceeded")
	}
}

func TestRetryHasNames(t *testing.T) {
	for retry, want := range map[Retry]string{RetryUnspecified: "unspecified", RetryAfterRefresh: "after-refresh", 9: "retry 9"} {
		if got := retry.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
