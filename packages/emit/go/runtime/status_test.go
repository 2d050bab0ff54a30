package grout

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Rule E20
func TestAStatusSaysWhatTheErrorSays(t *testing.T) {
	err := InMethod(errLocked.New("held").With("holder", 42).RetryIn(2*time.Second).CausedBy(errors.New("disk full")), "Store.Open")
	failure, _ := AsError(err)
	failure.Hops = []Hop{{Side: SideRust, Method: "Store.Open", Location: "src/a.rs:1:2"}}
	got := failure.Status()
	if got.Code != CanonicalUnavailable || got.Message != "held" || got.RetryDelay != 2*time.Second {
		t.Errorf("got %+v", got)
	}
	info := ErrorInfo{"LOCKED", "test.v1.TestError", map[string]string{"hint": "close process 42", "holder": "42"}}
	if !reflect.DeepEqual(got.ErrorInfo, info) {
		t.Errorf("got %+v", got.ErrorInfo)
	}
	debug := got.DebugInfo
	if debug.StackEntries[0] != "Rust at src/a.rs:1:2, in Store.Open" || len(debug.StackEntries) < 2 || debug.Detail != "caused by disk full\n" {
		t.Errorf("got %+v", debug)
	}
	for _, entry := range debug.StackEntries {
		if strings.Contains(entry, " /") {
			t.Errorf("%q has an absolute path", entry)
		}
	}
}

// Rule E20
func TestAStatusShowsNothingThatIsRedacted(t *testing.T) {
	cause := errSecret.New("the password is 1234")
	err := errSecret.New("password 1234").With("owner", "root").With("password", "1234").CausedBy(cause)
	got := err.Status()
	info := ErrorInfo{"SECRET", "test.v1.TestError", map[string]string{"hint": "ask root", "owner": "root"}}
	if got.Message != "SECRET" || !reflect.DeepEqual(got.ErrorInfo, info) {
		t.Errorf("got %+v", got)
	}
	if detail := got.DebugInfo.Detail; !strings.HasPrefix(detail, "caused by SECRET: (withheld") || strings.Contains(detail, "1234") {
		t.Errorf("got %q", detail)
	}
	if err.Message != "password 1234" || len(err.Args) != 2 {
		t.Errorf("the error itself is changed: %v", err)
	}
}

// Rule E20
func TestRuntimeKindsAndOverridesHaveTheirCanonicalCode(t *testing.T) {
	for kind, want := range map[*Kind]Canonical{
		ErrPanic: CanonicalInternal, ErrCanceled: CanonicalCancelled, ErrResourceExhausted: CanonicalResourceExhausted,
		errSecret: CanonicalPermissionDenied,
		NewKind("", 1, "", "", RetryAfterRefresh): CanonicalAborted, NewKind("", 2, "", "", RetryUnspecified): CanonicalUnknown,
		NewKind("", 3, "", "", RetryNever): CanonicalFailedPrecondition,
	} {
		if got := kind.New("").Status(); got.Code != want || got.Message != kind.name {
			t.Errorf("%v: got %v", kind, got)
		}
	}
}

// Rule E20
func TestTheCanonicalCodesAreThoseOfGoogleRPC(t *testing.T) {
	for code, want := range map[Canonical]string{
		0: "OK", CanonicalCancelled: "CANCELLED", CanonicalNotFound: "NOT_FOUND", 13: "INTERNAL",
		CanonicalUnauthenticated: "UNAUTHENTICATED", 17: "code 17", -1: "code -1",
	} {
		if got := code.String(); got != want {
			t.Errorf("%d: got %s, want %s", code, got, want)
		}
	}
	if len(canonicalNames) != 17 || CanonicalUnauthenticated != 16 {
		t.Error("the list ends at 16")
	}
}
