//go:build cgo && !grout_mock

package docindex

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	grout "example.com/acme/grout-go"
)

func connected(t testing.TB) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func opened(t testing.TB) *Index {
	t.Helper()
	index, err := connected(t).Open(t.Context(), OpenRequest{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func closed(t testing.TB, object interface{ Close() error }) {
	t.Helper()
	if err := object.Close(); err != nil {
		t.Error(err)
	}
}

func census(t testing.TB) int {
	t.Helper()
	response, err := connected(t).Census(t.Context(), CensusRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return int(response.Indexes)
}

// Proves O1, an object that a method returns is held by Go until Close. Expected: two indexes keep apart what is put into them.
func TestAnIndexKeepsItsDocuments(t *testing.T) {
	grout.CheckLeaks(t)
	one, other := opened(t), opened(t)
	defer closed(t, one)
	defer closed(t, other)
	for i := range 3 {
		put, err := one.Put(t.Context(), PutRequest{Key: fmt.Sprint(i), Document: []byte{byte(i)}})
		if err != nil || put.Size != uint64(i+1) {
			t.Fatal(put, err)
		}
	}
	got, err := one.Get(t.Context(), GetRequest{Key: "2"})
	if err != nil || string(got.Document) != "\x02" {
		t.Error(got, err)
	}
	var failure *grout.Error
	_, err = other.Get(t.Context(), GetRequest{Key: "2"})
	if !errors.Is(err, ErrNotFound) || !errors.As(err, &failure) || failure.Method != "DocumentIndex.Get" {
		t.Error(err)
	}
}

func TestAnObjectThatIsNotOpenedIsNone(t *testing.T) {
	before := len(grout.LiveObjects())
	index, err := connected(t).Open(t.Context(), OpenRequest{})
	if index != nil || !errors.Is(err, ErrNoName) || len(grout.LiveObjects()) != before {
		t.Error(index, err, grout.LiveObjects())
	}
}

// Proves O4 and O6, an object of an object lives on its own. Expected: the cursor goes on when its index is closed.
func TestACursorIsAnObjectOfAnObject(t *testing.T) {
	grout.CheckLeaks(t)
	index := opened(t)
	for _, key := range []string{"b", "a"} {
		if _, err := index.Put(t.Context(), PutRequest{Key: key}); err != nil {
			t.Fatal(err)
		}
	}
	cursor, err := index.Walk(t.Context(), WalkRequest{})
	if err != nil {
		t.Fatal(err)
	}
	closed(t, index)
	var keys []string
	for {
		next, err := cursor.Next(t.Context(), NextRequest{})
		if err != nil {
			t.Fatal(err)
		}
		if next.Key == nil {
			break
		}
		keys = append(keys, *next.Key)
	}
	if strings.Join(keys, " ") != "a b" {
		t.Error(keys)
	}
	closed(t, cursor)
}

// Proves O5b and C4, a panic leaves no lock held. Expected: the next call on the object is served.
func TestAPanicDoesNotKeepOthersFromAnObject(t *testing.T) {
	index := opened(t)
	defer closed(t, index)
	cursor, err := index.Walk(t.Context(), WalkRequest{})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, cursor)
	if _, err := cursor.Next(t.Context(), NextRequest{Panics: true}); !errors.Is(err, grout.ErrPanic) {
		t.Error(err)
	}
	if _, err := cursor.Next(t.Context(), NextRequest{}); err != nil {
		t.Error(err)
	}
}

// Proves O2 and O3. Expected: CLOSED, of a call and of a second Close.
func TestUseAfterCloseAndDoubleCloseFail(t *testing.T) {
	index := opened(t)
	closed(t, index)
	if _, err := index.Get(t.Context(), GetRequest{}); !errors.Is(err, grout.ErrClosed) {
		t.Error(err)
	}
	err := index.Close()
	if !errors.Is(err, grout.ErrClosed) || !strings.HasPrefix(err.Error(), "Index.Close: CLOSED: this docindex.v1.Index is closed") {
		t.Error(err)
	}
}

// Without the check on the Go side, Rust knows by itself that a handle is none any more, also when its slot is used again.
func TestRustRefusesHandlesThatAreNone(t *testing.T) {
	index := opened(t)
	stale := index.service.(*inProcessIndex)
	closed(t, index)
	next := opened(t)
	defer closed(t, next)
	if uint32(stale.handle) != uint32(next.service.(*inProcessIndex).handle) {
		t.Error("the slot is not used again")
	}
	for _, object := range []*inProcessIndex{stale, {0}, {1 << 40}, {^uint64(0)}} {
		if _, err := object.Get(t.Context(), GetRequest{}); !errors.Is(err, grout.ErrClosed) {
			t.Error(object, err)
		}
		if err := object.Close(); !errors.Is(err, grout.ErrClosed) {
			t.Error(object, err)
		}
	}
}

// Proves O3 and O4, 64 callers race with four Closes. Expected: one Close succeeds, calls are served or get CLOSED, Rust drops every index once.
func TestCloseMayRaceWithManyCallers(t *testing.T) {
	grout.CheckLeaks(t)
	before := census(t)
	for range 50 {
		index := opened(t)
		var served, refused, closes atomic.Int32
		var group sync.WaitGroup
		for i := range 64 {
			group.Go(func() {
				if i%16 == 5 {
					runtime.Gosched()
					if err := index.Close(); err == nil {
						closes.Add(1)
					} else if !errors.Is(err, grout.ErrClosed) {
						t.Error(err)
					}
				}
				_, err := index.Put(context.Background(), PutRequest{Key: fmt.Sprint(i)})
				switch {
				case err == nil:
					served.Add(1)
				case errors.Is(err, grout.ErrClosed):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if closes.Load() != 1 || served.Load()+refused.Load() != 64 {
			t.Error(closes.Load(), served.Load(), refused.Load())
		}
	}
	if after := census(t); after != before {
		t.Errorf("%d indexes live in Rust, %d before", after, before)
	}
}

// Proves O8a. Expected: the leak is reported with the stack that opened it, and Rust drops the index.
func TestAnObjectThatIsForgottenIsFreedAndReported(t *testing.T) {
	before := census(t)
	leaks := make(chan grout.Leak, 1)
	grout.OnLeak(func(leak grout.Leak) { leaks <- leak })
	defer grout.OnLeak(nil)
	func() { opened(t) }()
	for deadline := time.Now().Add(10 * time.Second); ; runtime.GC() {
		select {
		case leak := <-leaks:
			if leak.Err != nil || leak.Type != "docindex.v1.Index" || !strings.Contains(leak.OpenedAt(), "docindex-go.opened") {
				t.Error(leak, leak.OpenedAt())
			}
			if after := census(t); after != before {
				t.Errorf("%d indexes live in Rust, %d before", after, before)
			}
			return
		case <-time.After(time.Millisecond):
			if time.Now().After(deadline) {
				t.Fatal("no leak was reported")
			}
		}
	}
}

// Proves O9. Expected: the open index, with its facts.
func TestLiveObjectsAreListed(t *testing.T) {
	index := opened(t)
	objects := grout.LiveObjects()
	last := objects[len(objects)-1]
	if last.Type != "docindex.v1.Index" || last.Owner != "Rust" || last.Threads != "any" || last.FreedBy != "Close" {
		t.Error(last)
	}
	closed(t, index)
}

// Proves C9 of what an implementation answers. Expected: neither an object nor an error is INVALID_RESPONSE.
func TestAnImplementationMustReturnAnObject(t *testing.T) {
	client := NewWith(&Mock{OpenFunc: func(context.Context, OpenRequest) (IndexObject, error) { return nil, nil }})
	if _, err := client.Open(t.Context(), OpenRequest{}); !errors.Is(err, grout.ErrInvalidResponse) {
		t.Error(err)
	}
}

// Proves C10 for objects. Expected: what a mock opens is closed and refused like the real one.
func TestAMockIsHeldLikeTheRealOne(t *testing.T) {
	grout.CheckLeaks(t)
	mock := &MockIndex{GetFunc: func(context.Context, GetRequest) (GetResponse, error) {
		return GetResponse{Document: []byte("d")}, nil
	}}
	client := NewWith(&Mock{OpenFunc: func(context.Context, OpenRequest) (IndexObject, error) { return mock, nil }})
	index, err := client.Open(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := index.Get(t.Context(), GetRequest{}); err != nil || string(got.Document) != "d" {
		t.Error(got, err)
	}
	if _, err := index.Put(t.Context(), PutRequest{}); !errors.Is(err, grout.ErrUnimplemented) {
		t.Error(err)
	}
	closed(t, index)
	if _, err := index.Get(t.Context(), GetRequest{}); !errors.Is(err, grout.ErrClosed) {
		t.Error(err)
	}
}

func BenchmarkPutOnAHandle(b *testing.B) {
	index := opened(b)
	defer closed(b, index)
	ctx := b.Context()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := index.Put(ctx, PutRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}
