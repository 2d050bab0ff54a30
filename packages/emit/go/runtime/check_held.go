package grout

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
)

// HeldSuite is what holds for objects of Go of one service, which are given to Rust or to what stands in for it. For
// generated tests.
type HeldSuite[T any] struct {
	// Type is the name of the service in the contract, e.g. "scoring.v1.Weigher".
	Type string
	// ShowsForeign says that texts may cross that nobody wrote for the caller.
	ShowsForeign bool
	// Calls are a call of each method, Refusals those that the contract does not allow.
	Calls, Refusals []ObjectCall[T]
	// New makes an object of which each method answers so.
	New func(answer func(ctx context.Context) error) T
	// Hold makes of an object what a mock is given.
	Hold func(object T) T
}

// foreignText is one that nobody wrote for the caller.
const foreignText = "what nobody wrote for the caller"

// CheckRefusals makes sure that a mock cannot send an object what the contract does not allow.
func (s *HeldSuite[T]) CheckRefusals(t TestingT) {
	t.Helper()
	held := s.Hold(s.New(NeverAsked))
	for _, it := range s.Refusals {
		s.checkFailure(t, it, held, ErrInvalidArgument, it.Refusal)
	}
}

// CheckErrors makes sure that a mock sees of the errors and panics of an object what Rust does.
func (s *HeldSuite[T]) CheckErrors(t TestingT) {
	t.Helper()
	for _, it := range s.Calls {
		for _, kind := range it.Kinds {
			s.checkFailure(t, it, s.Hold(s.New(failing(kind))), kind, onPurpose)
		}
		foreign := s.Hold(s.New(func(context.Context) error { return errors.New(foreignText) }))
		s.checkFailure(t, it, foreign, ErrUnknown, "")
		panics := s.Hold(s.New(func(context.Context) error { panic(foreignText) }))
		s.checkFailure(t, it, panics, ErrPanic, "")
	}
}

// checkFailure makes sure of an error. Without a message it is one whose text is foreign.
func (s *HeldSuite[T]) checkFailure(t TestingT, it ObjectCall[T], held T, kind *Kind, message string) {
	t.Helper()
	err := it.Call(context.Background(), held)
	failure, isTyped := AsError(err)
	switch {
	case !isTyped || !errors.Is(err, kind):
		t.Errorf("%s of what a mock is given fails with %v, want %v", it.Method, err, kind)
	case message != "" && failure.Message != message:
		t.Errorf("%s of what a mock is given says %q, want %q", it.Method, failure.Message, message)
	case message == "" && strings.Contains(failure.Message, foreignText) != s.ShowsForeign:
		t.Errorf("%s of what a mock is given says %q; foreign texts are shown: %t", it.Method, failure.Message, s.ShowsForeign)
	}
}

// CheckGiven makes sure that Rust calls what it is given, lets go of it, and lives on with its errors and panics. Call has
// Rust call the object, and returns how that ended.
func (s *HeldSuite[T]) CheckGiven(t TestingT, call func(object T) error) {
	t.Helper()
	var calls atomic.Int32
	give := func(answer func() error) error {
		t.Helper()
		calls.Store(0)
		before := livingStates()
		err := call(s.New(func(context.Context) error {
			calls.Add(1)
			return answer()
		}))
		// What the call itself opened in Rust is closed by whoever wrote it.
		isOfRust := func(it LiveObject) bool { return it.Owner == "Rust" }
		for _, it := range slices.DeleteFunc(openedSince(before), isOfRust) {
			t.Errorf("once its call is over, there is %s, given at:\n%s", it, it.OpenedAt())
		}
		if _, isTyped := AsError(err); err != nil && !isTyped {
			t.Errorf("a call with a %s fails with %#v, want an error of the contract or of the runtime", s.Type, err)
		}
		if calls.Load() == 0 {
			t.Errorf("Rust did not call the %s", s.Type)
		}
		return err
	}
	answers := func() error { return nil }
	first := give(answers)
	for _, fails := range []func() error{
		func() error { return ErrUnavailable.New(onPurpose) },
		func() error { return errors.New(foreignText) },
		func() error { panic(foreignText) },
	} {
		err := give(fails)
		if failure, isTyped := AsError(err); isTyped && strings.Contains(failure.Message, foreignText) && !s.ShowsForeign {
			t.Errorf("a call with a %s says %q", s.Type, failure.Message)
		}
	}
	if err := give(answers); (err == nil) != (first == nil) {
		t.Errorf("after calls that failed a call with a %s ends with %v, before them with %v", s.Type, err, first)
	}
}
