package grout

import (
	"errors"
	"testing"
)

func TestCheckErrorLooksAtKindMethodAndMessage(t *testing.T) {
	err := InMethod(ErrCanceled.New("stop"), "Pricing.Quote")
	cases := []struct {
		err             error
		kind            *Kind
		method, message string
		isRight         bool
	}{
		{err, ErrCanceled, "Pricing.Quote", "stop", true},
		{err, ErrPanic, "Pricing.Quote", "stop", false},
		{err, ErrCanceled, "Pricing.Greet", "stop", false},
		{err, ErrCanceled, "Pricing.Quote", "go", false},
		{errors.New("stop"), ErrCanceled, "Pricing.Quote", "stop", false},
		{nil, ErrCanceled, "Pricing.Quote", "stop", false},
	}
	for _, it := range cases {
		var got reports
		CheckError(&got, "Rust", it.err, it.kind, it.method, it.message)
		if len(got) == 0 != it.isRight {
			t.Errorf("%+v: got %q", it, got)
		}
	}
}
