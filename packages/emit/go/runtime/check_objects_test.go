package grout

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// gate is an object as generated code has it, with what can be wrong about one.
type gate struct {
	object *Object
	knock  func(ctx context.Context) error
	// faults says how it differs from what is right.
	faults map[string]bool
	mock   *MockObject
}

func openGate(knock func(ctx context.Context) error, faults ...string) *gate {
	d := &gate{knock: knock, faults: map[string]bool{}, mock: &MockObject{}}
	for _, fault := range faults {
		d.faults[fault] = true
	}
	live := LiveObject{Type: "t.v1.Door", Owner: "Rust", Holder: "Go", FreedBy: "Close", Threads: "any"}
	if d.faults["is another"] {
		live.Type = "t.v1.Gate"
	}
	d.object = NewObject(live, func() error { return nil })
	return d
}

func (d *gate) Knock(ctx context.Context, times int) error {
	if err := d.object.Check(ctx); err != nil && !d.faults["starts anyway"] {
		return InMethod(err, "Doors.Knock")
	}
	if times > 3 && !d.faults["takes anything"] {
		return InMethod(ErrInvalidArgument.New("times: too many"), "Doors.Knock")
	}
	if d.faults["fails oddly"] {
		return errors.New("odd")
	}
	if !d.faults["lets in"] {
		leave, err := d.mock.EnterAlone(ctx, "Door")
		if err != nil {
			return InMethod(err, "Doors.Knock")
		}
		defer leave()
	}
	answer := func(ctx context.Context, _ int) (int, error) { return 0, d.knock(ctx) }
	if d.faults["renames"] {
		return d.knock(ctx)
	}
	_, err := contained(ctx, times, answer)
	return InMethod(err, "Doors.Knock")
}

func (d *gate) Close() error {
	if d.faults["closes again"] {
		_ = d.object.Close()
		return nil
	}
	if err := d.object.Close(); err != nil {
		return InMethod(err, "Door.Close")
	}
	return nil
}

var errBolted = NewKind("t.v1.DoorError", 1, "LOCKED", "", RetryUnspecified)

func gateSuite(faults ...string) *ObjectSuite[*gate] {
	knock := func(times int) func(context.Context, *gate) error {
		return func(ctx context.Context, d *gate) error { return d.Knock(ctx, times) }
	}
	return &ObjectSuite[*gate]{
		Type: "t.v1.Door", Close: "Door.Close",
		Calls:    []ObjectCall[*gate]{{Method: "Doors.Knock", Call: knock(1), Kinds: []*Kind{errBolted}}},
		Refusals: []ObjectCall[*gate]{{Method: "Doors.Knock", Call: knock(4), Refusal: "times: too many"}},
		Mock:     func(answer func(context.Context) error) *gate { return openGate(answer, faults...) },
	}
}

// What is right passes, and what is wrong in one way fails the case that is about it.
func TestTheSuiteOfObjectsFindsWhatIsWrong(t *testing.T) {
	cases := map[string]struct {
		check  func(s *ObjectSuite[*gate], t TestingT, open func() *gate)
		faults []string
	}{
		"done":     {func(s *ObjectSuite[*gate], t TestingT, open func() *gate) { s.CheckDoneContext(t, "x", open) }, []string{"starts anyway"}},
		"refusals": {func(s *ObjectSuite[*gate], t TestingT, open func() *gate) { s.CheckRefusals(t, "x", open) }, []string{"takes anything"}},
		"errors":   {func(s *ObjectSuite[*gate], t TestingT, _ func() *gate) { s.CheckErrors(t) }, []string{"fails oddly"}},
		"panics":   {func(s *ObjectSuite[*gate], t TestingT, _ func() *gate) { s.CheckPanics(t) }, []string{"fails oddly"}},
		"close":    {func(s *ObjectSuite[*gate], t TestingT, open func() *gate) { s.CheckClose(t, "x", open) }, []string{"starts anyway", "closes again"}},
		"race":     {func(s *ObjectSuite[*gate], t TestingT, open func() *gate) { s.CheckRace(t, "x", open, true) }, []string{"fails oddly", "closes again", "starts anyway"}},
		"listed":   {func(s *ObjectSuite[*gate], t TestingT, open func() *gate) { s.CheckListed(t, "x", open) }, []string{"is another"}},
		"forgets":  {func(s *ObjectSuite[*gate], t TestingT, open func() *gate) { s.CheckForgotten(t, "x", open) }, []string{"is another"}},
		"busy":     {func(s *ObjectSuite[*gate], t TestingT, _ func() *gate) { s.CheckBusy(t) }, []string{"fails oddly"}},
	}
	for name, it := range cases {
		run := func(faults ...string) []string {
			checked := &lockedFailures{}
			it.check(gateSuite(faults...), checked, func() *gate { return openGate(NeverAsked, faults...) })
			checked.end()
			return checked.texts
		}
		if got := run(); len(got) != 0 {
			t.Errorf("%s: what is right fails with %q", name, got)
		}
		for _, fault := range it.faults {
			if got := run(fault); len(got) == 0 {
				t.Errorf("%s: a door that %s passes", name, fault)
			}
		}
	}
}

// lockedFailures is failures for several goroutines.
type lockedFailures struct {
	mutex sync.Mutex
	failures
}

func (f *lockedFailures) Errorf(format string, args ...any) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.failures.Errorf(format, args...)
}

// A mock that never says BUSY would wait for itself: it may not be what the suite waits for.
func TestTheSuiteOfObjectsFindsWhoIsLetInTwice(t *testing.T) {
	checked := &lockedFailures{}
	suite := gateSuite("lets in")
	depth := 0
	suite.Calls[0].Call = func(ctx context.Context, d *gate) error {
		if depth++; depth > 2 {
			return nil
		}
		return d.Knock(ctx, 1)
	}
	suite.CheckBusy(checked)
	if len(checked.texts) == 0 {
		t.Error("a door that lets in from within a call passes")
	}
}

// Proves O5b and O5c of mocks, one call at a time. Expected: others wait, no longer than until their deadline; a call from within one
// is BUSY, and a panic keeps nobody out.
func TestAMockObjectIsUsedByOneCallAtATime(t *testing.T) {
	var object MockObject
	leave, err := object.EnterAlone(t.Context(), "Door")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := object.EnterAlone(t.Context(), "Door"); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "this Door is in use") {
		t.Error(err)
	}
	ended := make(chan error)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		defer cancel()
		_, err := object.EnterAlone(ctx, "Door")
		ended <- err
	}()
	if err := <-ended; !errors.Is(err, ErrDeadlineExceeded) {
		t.Error(err)
	}
	go func() {
		leave, err := object.EnterAlone(context.Background(), "Door")
		if err == nil {
			leave()
		}
		ended <- err
	}()
	select {
	case err := <-ended:
		t.Errorf("the other call ends with %v while one is inside", err)
	case <-time.After(10 * time.Millisecond):
	}
	leave()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Proves O5b of mocks under load. Expected: no call is inside with another, and none is forgotten.
func TestNobodyWhoWaitsForAMockObjectIsForgotten(t *testing.T) {
	var object MockObject
	var group sync.WaitGroup
	inside, total := 0, 0
	for range 32 {
		group.Go(func() {
			for range 100 {
				leave, err := object.EnterAlone(context.Background(), "Door")
				if err != nil {
					t.Error(err)
					return
				}
				inside++
				if inside != 1 {
					t.Errorf("%d calls are inside", inside)
				}
				inside--
				total++
				leave()
			}
		})
	}
	group.Wait()
	if total != 3200 {
		t.Errorf("%d calls were inside, want 3200", total)
	}
}

// Proves O4, O6 and O7 of mocks: a call keeps its object. Expected: the function runs once the last call has ended, on a
// goroutine of its own where closing takes long; its panic is contained.
func TestAMockObjectIsClosedAfterTheLastCall(t *testing.T) {
	var object MockObject
	closes := make(chan bool, 2)
	function := func() error { closes <- true; return errors.New("told") }
	if err := object.Close(function); err == nil || len(closes) != 1 {
		t.Error(err, len(closes))
	}
	<-closes
	one, other := object.Enter(), object.Enter()
	if err := object.Close(function); err != nil {
		t.Error(err)
	}
	if one(); len(closes) != 0 {
		t.Error("it is closed while a call runs")
	}
	if other(); len(closes) != 1 {
		t.Error("it is not closed after the last call")
	}
	<-closes
	if err := object.Close(func() error { panic("on purpose") }); !errors.Is(err, ErrPanic) {
		t.Error(err)
	}
	if err := object.Close(nil); err != nil {
		t.Error(err)
	}
	wait := make(chan bool)
	slow := func() error { <-wait; closes <- true; return errors.New("told to nobody") }
	leave := object.Enter()
	if err := object.CloseElsewhere(slow); err != nil {
		t.Error(err)
	}
	leave()
	if err := object.CloseElsewhere(slow); err != nil {
		t.Error(err)
	}
	close(wait)
	<-closes
	<-closes
}

func TestAnObjectThatIsNotOpenedIsSkippedUnlessSomethingIsBroken(t *testing.T) {
	for _, it := range []struct {
		err  error
		want int
	}{
		{ErrUnimplemented.New("not yet"), 0},
		{ErrInvalidArgument.New("name: missing"), 0},
		{errors.New("of the user"), 0},
		{ErrPanic.New("on purpose"), 1},
		{ErrInvalidResponse.New("neither object nor error"), 1},
	} {
		seen := reports{}
		CheckUnopened(&seen, it.err)
		if len(seen) != it.want {
			t.Errorf("%v: %d failures, want %d", it.err, len(seen), it.want)
		}
	}
}
