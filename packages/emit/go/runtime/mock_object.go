package grout

import (
	"bytes"
	"context"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// MockObject makes a mock of an object be used and closed as the object is: who may be inside, and when it is closed. The
// zero value is ready for use. For generated code.
type MockObject struct {
	mutex sync.Mutex
	// calls run; closings wait for the last of them.
	calls    int
	closings []func()
	// user is the goroutine that uses it alone; 0 when none does. Others wait until left is closed.
	user uint64
	left chan struct{}
}

// Enter begins a call that others may run beside, and returns what ends it.
func (o *MockObject) Enter() (leave func()) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.calls++
	return o.leave
}

// EnterAlone begins a call that others wait for, each no longer than until its deadline; one from within it is busy. The
// object is named for people.
func (o *MockObject) EnterAlone(ctx context.Context, object string) (leave func(), err error) {
	me := goroutine()
	end := o.Enter()
	for {
		left, err := o.take(me, object)
		if err != nil {
			end()
			return nil, err
		}
		if left == nil {
			return func() { o.giveBack(); end() }, nil
		}
		if !isInTime(ctx, left) {
			end()
			return nil, ErrDeadlineExceeded.New("other calls used this " + object + " until the deadline of the call")
		}
	}
}

// take makes a goroutine the user, or returns what is closed when there is none any more.
func (o *MockObject) take(me uint64, object string) (left chan struct{}, err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	switch o.user {
	case 0:
		o.user, o.left = me, make(chan struct{})
		return nil, nil
	case me:
		return nil, ErrBusy.New("this " + object + " is in use by the call that calls back")
	}
	return o.left, nil
}

func (o *MockObject) giveBack() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.user = 0
	close(o.left)
}

// isInTime waits, and says whether that ended before the deadline. Only the deadline of a context crosses to Rust.
func isInTime(ctx context.Context, left <-chan struct{}) bool {
	deadline, hasDeadline := ctx.Deadline()
	if !hasDeadline {
		<-left
		return true
	}
	timer := time.NewTimer(time.Until(deadline))
	defer timer.Stop()
	select {
	case <-left:
		return true
	case <-timer.C:
		return false
	}
}

func (o *MockObject) leave() {
	o.mutex.Lock()
	o.calls--
	var closings []func()
	if o.calls == 0 {
		closings, o.closings = o.closings, nil
	}
	o.mutex.Unlock()
	for _, closing := range closings {
		closing()
	}
}

// Close closes the mock as function says: now, or when the last call of it has ended; nobody hears how that goes then.
func (o *MockObject) Close(function func() error) error {
	if function == nil {
		return nil
	}
	if o.closesLater(func() { _ = closeContained(function) }) {
		return nil
	}
	return closeContained(function)
}

// CloseElsewhere is Close of an object that is closed on a thread of its own, which nobody waits for.
func (o *MockObject) CloseElsewhere(function func() error) error {
	if function == nil {
		return nil
	}
	closing := func() { go func() { _ = closeContained(function) }() }
	if !o.closesLater(closing) {
		closing()
	}
	return nil
}

// closesLater says whether the last of the calls that run closes it.
func (o *MockObject) closesLater(closing func()) bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.calls == 0 {
		return false
	}
	o.closings = append(o.closings, closing)
	return true
}

func closeContained(function func() error) error {
	_, err := contained(context.Background(), struct{}{}, func(context.Context, struct{}) (struct{}, error) {
		return struct{}{}, function()
	})
	return err
}

// goroutine is the number of the one that runs. Rust knows a call from within a call by its thread, which a mock shares with
// nobody for as long as the call runs only if it is told apart by its goroutine.
func goroutine() uint64 {
	var buffer [64]byte
	text := buffer[:runtime.Stack(buffer[:], false)]
	number, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("goroutine ")), []byte(" "))
	id, err := strconv.ParseUint(string(number), 10, 64)
	if err != nil {
		panic("grout: a stack begins with " + strconv.Quote(string(text)))
	}
	return id
}
