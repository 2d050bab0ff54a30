package grout

import "errors"

// CheckError reports an error of a call that is not of the kind, the method and the message. For generated tests.
func CheckError(t TestingT, service string, err error, kind *Kind, method, message string) {
	t.Helper()
	var failure *Error
	if !errors.Is(err, kind) || !errors.As(err, &failure) {
		t.Errorf("%s: %s fails with %v, want %v: %s", service, method, err, kind, message)
		return
	}
	if failure.Method != method || failure.Message != message {
		t.Errorf("%s: got %s: %s, want %s: %s", service, failure.Method, failure.Message, method, message)
	}
}
