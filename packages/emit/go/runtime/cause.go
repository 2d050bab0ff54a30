package grout

import "errors"

// Cause is an error that led to another one on the other side of a bridge. [errors.Unwrap] goes from an [Error] to its
// cause and on to the cause of that; [errors.Is] finds the kind of a cause too.
type Cause struct {
	// Domain is the full name of its error domain; empty when it is an error that no bridge knows.
	Domain string
	// Code is the number of its code in its domain.
	Code int32
	// Name is the name of its code.
	Name string
	// Message says what happened, or that it is withheld.
	Message string
	// Next is what led to it.
	Next *Cause
}

// Error renders the name of the code, the message, and what led to it.
func (c *Cause) Error() string {
	text := joinText(c.Name, c.Message)
	if c.Next == nil {
		return text
	}
	return joinText(text, c.Next.Error())
}

// Unwrap returns what led to it.
func (c *Cause) Unwrap() error {
	if c.Next == nil {
		return nil
	}
	return c.Next
}

// Is reports whether target is the kind of this cause.
func (c *Cause) Is(target error) bool {
	return isKind(c.Domain, c.Code, target)
}

func joinText(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + ": " + second
}

// longestChain is where a chain of causes is cut: one that is longer goes in a circle, or tells nobody anything.
const longestChain = 32

// shown is what may be seen of an error: texts that nobody wrote for the caller, and messages of redacted codes.
type shown struct {
	foreign, redacted bool
}

var showAll = shown{foreign: true, redacted: true}

// chainOf lists err and what led to it, each with its own text, as far as that may be shown. A run of withheld causes is
// one.
func chainOf(err error, shown shown) []Cause {
	var causes []Cause
	for err != nil && len(causes) < longestChain {
		cause := causeOf(err, shown)
		if cause.Message != withheld || len(causes) == 0 || causes[len(causes)-1] != cause {
			causes = append(causes, cause)
		}
		err = unwrapFirst(err)
	}
	return causes
}

func causeOf(err error, shown shown) Cause {
	switch it := err.(type) {
	case *Error:
		return Cause{Domain: it.Domain, Code: it.Code, Name: it.Name, Message: it.messageFor(shown)}
	case *Kind:
		return Cause{Domain: it.domain, Code: it.code, Name: it.name}
	case *Cause:
		return Cause{Domain: it.Domain, Code: it.Code, Name: it.Name, Message: it.Message}
	}
	if !shown.foreign {
		return Cause{Message: withheld}
	}
	return Cause{Message: err.Error()}
}

func (e *Error) messageFor(shown shown) string {
	if e.redacts && !shown.redacted && e.Message != "" {
		return withheld
	}
	return e.Message
}

// unwrapFirst follows the first of several errors that were joined.
func unwrapFirst(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		if errs := joined.Unwrap(); len(errs) > 0 {
			return errs[0]
		}
		return nil
	}
	return errors.Unwrap(err)
}
