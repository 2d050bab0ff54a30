package grout

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
)

// TestingT is what mocks and checks need of a [testing.T].
type TestingT interface {
	Helper()
	Errorf(format string, args ...any)
	Cleanup(func())
}

// MockCall is one call that a mock received.
type MockCall struct {
	// Method is the name of the Go method.
	Method string
	// Request is a copy of what was passed.
	Request any
}

// MockLog is what a mock saw of all its methods. The zero value is ready for use. For generated code.
type MockLog struct {
	mutex      sync.Mutex
	calls      []MockCall
	unexpected []string
}

// Calls are the calls so far, in the order in which they came.
func (l *MockLog) Calls() []MockCall {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return slices.Clone(l.calls)
}

func (l *MockLog) add(method string, request any) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.calls = append(l.calls, MockCall{method, request})
}

func (l *MockLog) addUnexpected(call string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.unexpected = append(l.unexpected, call)
}

// MockMethod records the calls of one method of a mock and knows what is expected of it. The zero value expects
// nothing. For generated code.
type MockMethod[Req, Resp any] struct {
	mutex        sync.Mutex
	requests     []Req
	expectations []*Expectation[Req, Resp]
}

// Expectation is a call that a mock expects, once unless Times says otherwise.
type Expectation[Req, Resp any] struct {
	mutex   *sync.Mutex
	want    string
	place   string
	matches func(Req) bool
	answer  func(context.Context, Req) (Resp, error)
	times   int
	came    int
}

// Return makes the call answer so.
func (e *Expectation[Req, Resp]) Return(resp Resp, err error) *Expectation[Req, Resp] {
	return e.Do(func(context.Context, Req) (Resp, error) { return resp, err })
}

// Do makes the call answer as the function does.
func (e *Expectation[Req, Resp]) Do(answer func(ctx context.Context, req Req) (Resp, error)) *Expectation[Req, Resp] {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.answer = answer
	return e
}

// Times says how often the call comes.
func (e *Expectation[Req, Resp]) Times(n int) *Expectation[Req, Resp] {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.times = n
	return e
}

// Expect adds the expectation of a call with a request that is equal once it has crossed.
func (m *MockMethod[Req, Resp]) Expect(request Req, copy func(*Copier, Req) Req) *Expectation[Req, Resp] {
	want, err := CopyRequest(request, copy)
	if err != nil {
		return m.expect(fmt.Sprintf("%+v, which cannot cross (%v)", request, err), func(Req) bool { return false })
	}
	return m.expect(fmt.Sprintf("%+v", want), func(req Req) bool { return reflect.DeepEqual(req, want) })
}

// ExpectThat adds the expectation of a call with a request that matches.
func (m *MockMethod[Req, Resp]) ExpectThat(matches func(Req) bool) *Expectation[Req, Resp] {
	return m.expect("a request that matches", matches)
}

func (m *MockMethod[Req, Resp]) expect(want string, matches func(Req) bool) *Expectation[Req, Resp] {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	expectation := &Expectation[Req, Resp]{mutex: &m.mutex, want: want, matches: matches, times: 1}
	// Of the callers, the first is Expect or ExpectThat, the second the method of the generated mock.
	if _, file, line, ok := runtime.Caller(3); ok {
		expectation.place = fmt.Sprintf(" (%s:%d)", filepath.Base(file), line)
	}
	m.expectations = append(m.expectations, expectation)
	return expectation
}

// Requests are copies of the requests so far.
func (m *MockMethod[Req, Resp]) Requests() []Req {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return slices.Clone(m.requests)
}

// Serve answers a call of the method: with the first expectation that matches and is still open, else with function.
// The request and the response are copied, and refused, as if they crossed.
func (m *MockMethod[Req, Resp]) Serve(
	ctx context.Context, log *MockLog, method string, req Req, function func(context.Context, Req) (Resp, error),
	copyRequest func(*Copier, Req) Req, copyResponse func(*Copier, Resp) Resp,
) (Resp, error) {
	var none Resp
	own, err := CopyRequest(req, copyRequest)
	if err != nil {
		return none, err
	}
	// What is recorded is a copy of its own: an answer may change its request.
	recorded, _ := CopyRequest(req, copyRequest)
	log.add(method, recorded)
	answer, isExpecting := m.record(recorded)
	switch {
	case answer == nil && function == nil && isExpecting:
		log.addUnexpected(fmt.Sprintf("%s(%+v)", method, recorded))
		return none, ErrUnimplemented.New(fmt.Sprintf("no expectation of Mock.%s is left for %+v", method, recorded))
	case answer == nil && function == nil:
		return none, ErrUnimplemented.New(fmt.Sprintf("Mock.%sFunc is not set", method))
	case answer == nil:
		answer = function
	}
	resp, err := contained(ctx, own, answer)
	if err != nil {
		return none, err
	}
	return CopyResponse(resp, copyResponse)
}

func (m *MockMethod[Req, Resp]) record(req Req) (answer func(context.Context, Req) (Resp, error), isExpecting bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.requests = append(m.requests, req)
	for _, it := range m.expectations {
		if it.came >= it.times || !it.matches(req) {
			continue
		}
		it.came++
		if it.answer == nil {
			return func(context.Context, Req) (resp Resp, err error) { return resp, nil }, true
		}
		return it.answer, true
	}
	return nil, len(m.expectations) > 0
}

// contained makes an error of a panic, as the boundary does, and says on standard error where it came from.
func contained[Req, Resp any](ctx context.Context, req Req, answer func(context.Context, Req) (Resp, error)) (resp Resp, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			debug.PrintStack()
			err = ErrPanic.New(fmt.Sprintf("the mock panicked: %v", reason))
		}
	}()
	return answer(ctx, req)
}

// Assert reports each expectation that is still open.
func (m *MockMethod[Req, Resp]) Assert(t TestingT, method string) {
	t.Helper()
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, it := range m.expectations {
		if it.came < it.times {
			t.Errorf("Mock.%s was expected with %s%s: %d calls came, want %d", method, it.want, it.place, it.came, it.times)
		}
	}
}

// Assert reports each call that no expectation was left for.
func (l *MockLog) Assert(t TestingT) {
	t.Helper()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, call := range l.unexpected {
		t.Errorf("Mock.%s came, but no expectation was left for it", call)
	}
}

// HeldCall calls a method of an object of Go as Rust would, which holds it: what crosses is copied and checked, and of an
// error, or a panic, what crosses is what Rust would see. For generated mocks.
func HeldCall[Req, Resp any](
	ctx context.Context, site Site, req Req, function func(context.Context, Req) (Resp, error),
	copyRequest func(*Copier, Req) Req, copyResponse func(*Copier, Resp) Resp,
) (Resp, error) {
	var none Resp
	own, err := CopyRequest(req, copyRequest)
	if err != nil {
		return none, err
	}
	resp, encoded := callHeld(ctx, site, own, function)
	if encoded != nil {
		return none, decodeError(string(encoded))
	}
	return CopyResponse(resp, copyResponse)
}

func callHeld[Req, Resp any](
	ctx context.Context, site Site, req Req, function func(context.Context, Req) (Resp, error),
) (resp Resp, encoded []byte) {
	defer func() {
		if value := recover(); value != nil {
			encoded = EncodePanic(value, site)
		}
	}()
	resp, err := function(ctx, req)
	if err != nil {
		return resp, EncodeError(err, site)
	}
	return resp, nil
}
