package journal

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// shelf implements the services in memory.
type shelf struct {
	callHook func(hook uint64)

	mutex  sync.Mutex
	closed []string

	// asked is closed by who opens a journal called ask: until then, cursors of journals called slow do not close.
	asked sync.Once
	gate  chan struct{}
}

// NewShelf makes a shelf without journals; callHook calls a function of Rust.
func NewShelf(callHook func(hook uint64)) Journals {
	return &shelf{callHook: callHook, gate: make(chan struct{})}
}

func (s *shelf) Open(_ context.Context, req OpenRequest) (Journal, error) {
	switch req.Name {
	case "":
		return nil, ErrNoName.New("a journal needs a name")
	case "nothing":
		return nil, nil
	case "ask":
		s.asked.Do(func() { close(s.gate) })
	}
	return &lines{shelf: s, name: req.Name}, nil
}

func (s *shelf) Closed(context.Context, ClosedRequest) (ClosedResponse, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return ClosedResponse{Names: slices.Clone(s.closed)}, nil
}

func (s *shelf) close(name string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.closed = append(s.closed, name)
}

// lines is a journal.
type lines struct {
	shelf *shelf
	name  string

	mutex sync.Mutex
	lines []string
}

func (l *lines) Write(_ context.Context, req WriteRequest) (WriteResponse, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.lines) == 1000 {
		return WriteResponse{}, ErrFull.New("a thousand lines are there")
	}
	l.lines = append(l.lines, req.Line)
	return WriteResponse{Lines: uint32(len(l.lines))}, nil
}

// Wait writes a line, so that others see that it is inside, and returns when its context is done.
func (l *lines) Wait(ctx context.Context, _ WaitRequest) (WaitResponse, error) {
	l.mutex.Lock()
	l.lines = append(l.lines, "waits")
	l.mutex.Unlock()
	<-ctx.Done()
	return WaitResponse{}, ctx.Err()
}

func (l *lines) Read(context.Context, ReadRequest) (Cursor, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return &cursor{shelf: l.shelf, name: l.name, rest: slices.Clone(l.lines)}, nil
}

func (l *lines) Count(context.Context, CountRequest) (CountResponse, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return CountResponse{Lines: uint32(len(l.lines))}, nil
}

func (l *lines) Close() error {
	l.shelf.close(l.name)
	switch {
	case strings.HasPrefix(l.name, "torn"):
		return ErrFull.New("a page is torn").CausedBy(errors.New("glue"))
	case strings.HasPrefix(l.name, "stuck"):
		panic("on purpose")
	}
	return nil
}

// cursor goes through the lines that a journal had. One goroutine uses it at a time.
type cursor struct {
	shelf *shelf
	name  string
	rest  []string
}

func (c *cursor) Next(_ context.Context, req NextRequest) (NextResponse, error) {
	if req.Hook != 0 {
		c.shelf.callHook(req.Hook)
	}
	if req.Panics {
		panic("on purpose")
	}
	if len(c.rest) == 0 {
		return NextResponse{}, nil
	}
	line := c.rest[0]
	c.rest = c.rest[1:]
	return NextResponse{Line: &line}, nil
}

// Close takes a while, as the contract says that it may.
func (c *cursor) Close() error {
	time.Sleep(2 * time.Millisecond)
	c.shelf.close("cursor of " + c.name)
	if strings.HasPrefix(c.name, "torn") {
		return errors.New("the bookmark is gone")
	}
	return nil
}
