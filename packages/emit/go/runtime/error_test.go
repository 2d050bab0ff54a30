package grout

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

var errLocked = NewKind("test.v1.TestError", 7, "LOCKED", "close the other process", RetryBackoff)

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

func TestAnErrorHasAllItsParts(t *testing.T) {
	err := InMethod(errLocked.New("held by 42"), "Index.Open")
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatalf("%v is no *Error", err)
	}
	want := Error{"test.v1.TestError", 7, "LOCKED", "held by 42", "close the other process", RetryBackoff, "Index.Open"}
	if *failure != want {
		t.Errorf("got %+v, want %+v", *failure, want)
	}
	if got, want := err.Error(), "Index.Open: LOCKED: held by 42 (close the other process)"; got != want {
		t.Errorf("got %q, want %q", got, want)
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
