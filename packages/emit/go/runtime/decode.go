package grout

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// decodeError makes an error of its bytes. Bytes that are none give an error that says so.
func decodeError(data string) *Error {
	failure := &Error{}
	if err := failure.read(data); err != nil {
		unreadable := ErrHandshake.New("the other side failed with an error that this side cannot read")
		unreadable.Hint = rebuild
		return unreadable
	}
	if failure.Canonical == 0 {
		failure.Canonical = failure.Retry.canonical()
	}
	return failure
}

func (e *Error) read(data string) error {
	var causes []Cause
	err := readWire(data, func(field uint64, value wireValue) error {
		switch field {
		case 1:
			e.Domain = value.text
		case 2:
			e.Code = value.signed()
		case 3:
			e.Name = value.text
		case 4:
			e.Message = value.text
		case 5:
			e.Hint = value.text
		case 6:
			e.Args = append(e.Args, Arg{})
			return e.Args[len(e.Args)-1].read(value.text)
		case 7:
			e.Retry = Retry(value.number)
		case 8:
			e.RetryAfter = time.Duration(min(value.number, math.MaxInt64))
		case 9:
			e.Canonical = Canonical(value.signed())
		case 10:
			causes = append(causes, Cause{})
			return causes[len(causes)-1].read(value.text)
		case 11:
			e.Hops = append(e.Hops, Hop{})
			return e.Hops[len(e.Hops)-1].read(value.text)
		case 12:
			e.Backtrace = value.text
		}
		return nil
	})
	for at := range causes[:max(0, len(causes)-1)] {
		causes[at].Next = &causes[at+1]
	}
	if len(causes) > 0 {
		e.cause = &causes[0]
	}
	return err
}

func (a *Arg) read(data string) error {
	return readWire(data, func(field uint64, value wireValue) error {
		switch field {
		case 1:
			a.Name = value.text
		case 2:
			a.Value = value.text
		}
		return nil
	})
}

func (c *Cause) read(data string) error {
	return readWire(data, func(field uint64, value wireValue) error {
		switch field {
		case 1:
			c.Domain = value.text
		case 2:
			c.Code = value.signed()
		case 3:
			c.Name = value.text
		case 4:
			c.Message = value.text
		}
		return nil
	})
}

func (h *Hop) read(data string) error {
	var trace [2]uint64
	var span uint64
	err := readWire(data, func(field uint64, value wireValue) error {
		switch field {
		case 1:
			h.Side = Side(value.signed())
		case 2:
			h.Method = value.text
		case 3:
			h.Location = value.text
		case 4:
			trace[0] = value.number
		case 5:
			trace[1] = value.number
		case 6:
			span = value.number
		}
		return nil
	})
	if trace != [2]uint64{} {
		h.TraceID, h.SpanID = fmt.Sprintf("%016x%016x", trace[0], trace[1]), fmt.Sprintf("%016x", span)
	}
	return err
}

// ids are the numbers of the trace and the span; zero where the hop has none.
func (h Hop) ids() (high, low, span uint64) {
	if len(h.TraceID) == 32 {
		high, _ = strconv.ParseUint(h.TraceID[:16], 16, 64)
		low, _ = strconv.ParseUint(h.TraceID[16:], 16, 64)
		span, _ = strconv.ParseUint(h.SpanID, 16, 64)
	}
	return high, low, span
}
