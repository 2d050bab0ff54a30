package grout

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

type note struct {
	text  string
	image []byte
	next  *note
}

func copyNote(c *Copier, v note) note {
	if !c.Enter() {
		return note{}
	}
	defer c.Leave()
	c.At("text").Limit(len(v.text), 8)
	return note{
		text:  c.At("text").Text(v.text),
		image: c.At("image").Bytes(v.image),
		next:  CopyOptional(c.At("next"), v.next, copyNote),
	}
}

// noteMock is what is generated for a service with one method.
type noteMock struct {
	log   MockLog
	onAdd MockMethod[note, note]
}

func (m *noteMock) add(req note, function func(context.Context, note) (note, error)) (note, error) {
	return m.onAdd.Serve(context.Background(), &m.log, "Add", req, function, copyNote, copyNote)
}

func (m *noteMock) expectAdd(req note) *Expectation[note, note] {
	return m.onAdd.Expect(req, copyNote)
}

// reports is a TestingT that keeps what is reported.
type reports []string

func (r *reports) Helper()                           {}
func (r *reports) Cleanup(func())                    {}
func (r *reports) Errorf(format string, args ...any) { *r = append(*r, fmt.Sprintf(format, args...)) }

func (m *noteMock) reports() []string {
	var t reports
	m.onAdd.Assert(&t, "Add")
	m.log.Assert(&t)
	return t
}

func TestExpectationsAnswerInOrder(t *testing.T) {
	var mock noteMock
	refusal := errors.New("full")
	mock.expectAdd(note{text: "a"}).Return(note{text: "first"}, nil)
	mock.expectAdd(note{text: "a"}).Return(note{}, refusal).Times(2)
	mock.onAdd.ExpectThat(func(req note) bool { return req.text > "b" })
	first, _ := mock.add(note{text: "a"}, nil)
	_, second := mock.add(note{text: "a"}, nil)
	if first.text != "first" || second != refusal {
		t.Errorf("got %v and %v", first, second)
	}
	got := mock.reports()
	want := []string{
		`Mock\.Add was expected with \{text:a .*\} \(mock_test\.go:\d+\): 1 calls came, want 2`,
		`Mock\.Add was expected with a request that matches \(.+\): 0 calls came, want 1`,
	}
	if !slices.EqualFunc(got, want, func(got, want string) bool { return regexp.MustCompile("^" + want + "$").MatchString(got) }) {
		t.Errorf("got %q", got)
	}
	_, _ = mock.add(note{text: "a"}, nil)
	if answer, err := mock.add(note{text: "c"}, nil); err != nil || answer.text != "" {
		t.Errorf("got %v, %v", answer, err)
	}
	if got := mock.reports(); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestACallThatNothingIsLeftForIsReported(t *testing.T) {
	var mock noteMock
	if _, err := mock.add(note{}, nil); !errors.Is(err, ErrUnimplemented) || !strings.Contains(err.Error(), "Mock.AddFunc is not set") {
		t.Error(err)
	}
	if got := mock.reports(); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	mock.expectAdd(note{text: "a"}).Times(0)
	if _, err := mock.add(note{text: "a"}, nil); !errors.Is(err, ErrUnimplemented) {
		t.Error(err)
	}
	if got := mock.reports(); len(got) != 1 || !strings.HasPrefix(got[0], "Mock.Add({text:a ") {
		t.Errorf("got %q", got)
	}
	function := func(_ context.Context, req note) (note, error) { return note{text: "other"}, nil }
	if answer, err := mock.add(note{text: "z"}, function); err != nil || answer.text != "other" {
		t.Errorf("got %v, %v", answer, err)
	}
}

func TestAMockRecordsCopies(t *testing.T) {
	var mock noteMock
	request := note{image: []byte{1}}
	answered := note{image: []byte{2}}
	answer, err := mock.add(request, func(_ context.Context, req note) (note, error) {
		req.image[0] = 9
		return answered, nil
	})
	if err != nil || request.image[0] != 1 {
		t.Error(request, err)
	}
	request.image[0], answered.image[0] = 8, 8
	if got := mock.onAdd.Requests(); len(got) != 1 || got[0].image[0] != 1 || answer.image[0] != 2 {
		t.Errorf("got %v and %v", got, answer)
	}
	if got := mock.log.Calls(); len(got) != 1 || got[0].Method != "Add" || got[0].Request.(note).image[0] != 1 {
		t.Errorf("got %v", got)
	}
}

func TestAMockRefusesWhatCannotCross(t *testing.T) {
	echo := func(_ context.Context, req note) (note, error) { return req, nil }
	answers := func(text string) func(context.Context, note) (note, error) {
		return func(context.Context, note) (note, error) { return note{text: text}, nil }
	}
	endless := note{}
	endless.next = &endless
	cases := []struct {
		request  note
		function func(context.Context, note) (note, error)
		kind     *Kind
		want     string
	}{
		{note{text: "\xff"}, echo, ErrInvalidArgument, "text: not valid UTF-8 at byte 0; pass text as UTF-8"},
		{note{next: &note{text: "123456789"}}, echo, ErrInvalidArgument, "next.text: its length is 9, the contract allows 8 at most"},
		{endless, echo, ErrInvalidArgument, "next.next.next"},
		{note{}, answers("a\xff"), ErrInvalidResponse, "text: not valid UTF-8 at byte 1"},
		{note{}, func(context.Context, note) (note, error) { panic("boom") }, ErrPanic, "boom"},
	}
	for _, it := range cases {
		var mock noteMock
		_, err := mock.add(it.request, it.function)
		if !errors.Is(err, it.kind) || !strings.Contains(err.Error(), it.want) {
			t.Errorf("got %v, want %s", err, it.want)
		}
	}
	var mock noteMock
	mock.expectAdd(note{text: "\xff"})
	if got := mock.reports(); len(got) != 1 || !strings.Contains(got[0], "which cannot cross (INVALID_ARGUMENT: text: not valid UTF-8") {
		t.Errorf("got %q", got)
	}
}

func TestACopyIsWhatCrosses(t *testing.T) {
	got, err := CopyRequest(struct{}{}, func(c *Copier, _ struct{}) struct{} {
		if CopyList(c, []int{}, CopyPlain) != nil || CopyMap(c, map[int]int{}, CopyPlain, CopyPlain) != nil || c.Bytes([]byte{}) != nil {
			t.Error("what is empty is nil")
		}
		if c.OptionalBytes([]byte{}) == nil || c.OptionalBytes(nil) != nil {
			t.Error("what is there stays there")
		}
		at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
		if copied := c.At("at").Time(at); copied.Location() != time.UTC || !copied.Equal(at) {
			t.Errorf("got %v", copied)
		}
		CopyMap(c.At("entries"), map[int32]string{7: "\xff"}, CopyPlain, (*Copier).Text)
		return struct{}{}
	})
	if err == nil || !strings.HasPrefix(err.Error(), "INVALID_ARGUMENT: entries[0]: not valid UTF-8 at byte 0") {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAMockServesManyAtOnce(t *testing.T) {
	var mock noteMock
	mock.expectAdd(note{text: "a"}).Times(100)
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			if _, err := mock.add(note{text: "a"}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := mock.reports(); len(got) != 0 || len(mock.log.Calls()) != 100 {
		t.Errorf("got %q", got)
	}
}
