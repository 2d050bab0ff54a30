//go:build cgo && !grout_mock

package scoring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"weak"

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

// byWords weighs a document by its words, and proves it by its body.
type byWords struct {
	calls, done atomic.Int64
}

func (w *byWords) Weigh(_ context.Context, req Document) (Weight, error) {
	w.calls.Add(1)
	switch req.Title {
	case "empty":
		return Weight{}, ErrEmpty.New("no words").With("title", req.Title)
	case "odd":
		return Weight{}, errors.New("something of Go alone")
	case "panic":
		panic("as asked")
	}
	return Weight{Weight: float64(len(req.Words)), Proof: req.Body}, nil
}

func (w *byWords) Done(_ context.Context, req Summary) (Thanks, error) {
	w.done.Add(int64(req.Count))
	return Thanks{}, nil
}

func (w *byWords) Look(_ context.Context, req Parcel) (Parcel, error) {
	w.calls.Add(1)
	return req, nil
}

func documents(titles ...string) []Document {
	var list []Document
	for _, title := range titles {
		list = append(list, Document{Title: title, Words: strings.Split(title, " "), Body: bytes.Repeat([]byte{1}, 10)})
	}
	return list
}

// released waits until Rust holds nothing of Go any more.
func released(t *testing.T) {
	t.Helper()
	for _, object := range grout.LiveObjects() {
		if object.Holder == "Rust" {
			t.Errorf("Rust still holds: %s", object)
		}
	}
}

// Proves O1 and O10, within the call. Expected: the answers of Go add up, and Rust holds nothing afterwards.
func TestRustCallsWhatItIsGiven(t *testing.T) {
	weigher := &byWords{}
	got, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("a b", "c d e")}, weigher)
	if err != nil || got.Total != 5 || got.Proof != 20 || weigher.done.Load() != 2 {
		t.Error(got, err, weigher.done.Load())
	}
	released(t)
}

// Proves L3 for callbacks, around the end of the tail. Expected: every length arrives.
func TestAnswersOfAnyLengthCross(t *testing.T) {
	for _, length := range []int{0, 1, 150, 191, 192, 193, 10_000} {
		list := []Document{{Title: "long", Body: bytes.Repeat([]byte{1}, length)}}
		got, err := connected(t).Score(t.Context(), ScoreRequest{Documents: list}, &byWords{})
		if err != nil || got.Proof != uint64(length) {
			t.Error(length, got, err)
		}
	}
	released(t)
}

// Proves O10, from threads that Go did not make. Expected: each document is weighed.
func TestThreadsOfRustCallToo(t *testing.T) {
	weigher := &byWords{}
	got, err := connected(t).ScoreInThreads(t.Context(), ScoreRequest{Documents: documents("a", "b", "c", "d")}, weigher)
	if err != nil || got.Total != 4 || weigher.calls.Load() != 4 {
		t.Error(got, err)
	}
	released(t)
}

// Proves O11. Expected: the code with its hint, by way of both sides; of an error that no contract knows, UNKNOWN without its text.
func TestAnErrorOfGoComesBackAsItWas(t *testing.T) {
	_, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("empty")}, &byWords{})
	var failure *grout.Error
	if !errors.Is(err, ErrEmpty) || !errors.As(err, &failure) {
		t.Fatal(err)
	}
	if failure.Message != "no words" || failure.Hint != "give empty some words" || len(failure.Hops) != 2 {
		t.Errorf("%+v", failure)
	}
	_, err = connected(t).Score(t.Context(), ScoreRequest{Documents: documents("odd")}, &byWords{})
	if !errors.Is(err, grout.ErrUnknown) || strings.Contains(err.Error(), "something of Go alone") {
		t.Error(err)
	}
	released(t)
}

// Proves O11. Expected: PANIC, and the next call is served.
func TestAPanicOfGoIsAnErrorAndRustGoesOn(t *testing.T) {
	weigher := &byWords{}
	_, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("panic")}, weigher)
	if !errors.Is(err, grout.ErrPanic) {
		t.Error(err)
	}
	if _, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("a")}, weigher); err != nil {
		t.Error(err)
	}
	released(t)
}

// Proves O1 and O9, an object of Rust holds one of Go. Expected: it is listed, called after its call, and released by Close.
func TestAnObjectOfRustMayKeepOneOfGo(t *testing.T) {
	grout.CheckLeaks(t)
	weigher := &byWords{}
	model, err := connected(t).Train(t.Context(), TrainRequest{}, weigher)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	held := false
	for _, object := range grout.LiveObjects() {
		held = held || object.Type == "scoring.v1.Weigher" && object.Owner == "Go" && object.Holder == "Rust"
	}
	if !held {
		t.Error(grout.LiveObjects())
	}
	if got, err := model.Apply(t.Context(), ApplyRequest{Documents: documents("a b")}); err != nil || got.Total != 2 {
		t.Error(got, err)
	}
	if err := model.Close(); err != nil {
		t.Error(err)
	}
	released(t)
}

// owning is a weigher that refers to the model which keeps it.
type owning struct {
	byWords
	model *Model
}

// testEnd is a test that ends when it is told to, and notes how it failed.
type testEnd struct {
	failures []string
	cleanups []func()
}

func (*testEnd) Helper()                     {}
func (e *testEnd) Cleanup(f func())          { e.cleanups = append(e.cleanups, f) }
func (e *testEnd) Errorf(f string, a ...any) { e.failures = append(e.failures, fmt.Sprintf(f, a...)) }

// Proves O29, what holds itself is never forgotten. Expected: the collector finds neither the model nor its weigher, and tells
// of none; both are listed, and fail a test that leaves them open, with the places that opened and gave them. Close ends it.
func TestAModelThatItsWeigherRefersToFailsTheTestThatLeavesIt(t *testing.T) {
	grout.CheckLeaks(t)
	leaks := make(chan grout.Leak, 2)
	grout.OnLeak(func(leak grout.Leak) { leaks <- leak })
	defer grout.OnLeak(nil)
	forgetful := &testEnd{}
	grout.CheckLeaks(forgetful)
	left := leaveCycle(t)
	for range 5 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	model := left.Value()
	if model == nil || len(leaks) != 0 {
		t.Fatalf("the collector found the model, and told of %d leaks", len(leaks))
	}
	for _, cleanup := range forgetful.cleanups {
		cleanup()
	}
	for _, of := range []string{"leaked: scoring.v1.Model, lives in Rust, held by Go", "leaked: scoring.v1.Weigher, lives in Go, held by Rust"} {
		if !slices.ContainsFunc(forgetful.failures, func(text string) bool {
			return strings.HasPrefix(text, of) && strings.Contains(text, "scoring-go.leaveCycle")
		}) {
			t.Errorf("no failure says %q: %q", of, forgetful.failures)
		}
	}
	if err := model.Close(); err != nil {
		t.Error(err)
	}
	released(t)
}

//go:noinline
func leaveCycle(t *testing.T) weak.Pointer[Model] {
	weigher := &owning{}
	model, err := connected(t).Train(t.Context(), TrainRequest{}, weigher)
	if err != nil {
		t.Fatal(err)
	}
	weigher.model = model
	return weak.Make(model)
}

// nested scores by calling Rust again, from within a call of Rust.
type nested struct {
	byWords
	client *Client
	depth  int
}

func (n *nested) Weigh(ctx context.Context, req Document) (Weight, error) {
	if n.depth == 0 {
		return n.byWords.Weigh(ctx, req)
	}
	inner := &nested{client: n.client, depth: n.depth - 1}
	got, err := n.client.Score(ctx, ScoreRequest{Documents: []Document{req, req}}, inner)
	return Weight{Weight: got.Total}, err
}

// Proves O10. Expected: five calls deep, the sum is right.
func TestGoMayCallBackInTurn(t *testing.T) {
	client := connected(t)
	got, err := client.Score(t.Context(), ScoreRequest{Documents: documents("a")}, &nested{client: client, depth: 5})
	if err != nil || got.Total != 32 {
		t.Error(got, err)
	}
	released(t)
}

// Proves C3 for callbacks. Expected: the same instant.
func TestADeadlineReachesTheCallback(t *testing.T) {
	deadline := time.Now().Add(time.Hour)
	ctx, cancel := context.WithDeadline(t.Context(), deadline)
	defer cancel()
	mock := NewMockWeigher(t)
	mock.WeighFunc = func(ctx context.Context, _ Document) (Weight, error) {
		if got, ok := ctx.Deadline(); !ok || got.UnixNano() != deadline.UnixNano() {
			t.Error(got, ok)
		}
		return Weight{}, nil
	}
	mock.ExpectDone(Summary{Count: 1}).Return(Thanks{}, nil)
	if _, err := connected(t).Score(ctx, ScoreRequest{Documents: documents("a")}, mock); err != nil {
		t.Error(err)
	}
}

func TestNothingToCallIsRefused(t *testing.T) {
	if _, err := connected(t).Score(t.Context(), ScoreRequest{}, nil); !errors.Is(err, grout.ErrInvalidArgument) {
		t.Error(err)
	}
}

// Proves O10 and C7. Expected: no call is lost, and Rust holds nothing afterwards.
func TestManyGoroutinesAreCalledBackAtOnce(t *testing.T) {
	client := connected(t)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			for range 50 {
				request := ScoreRequest{Documents: documents("a b", "c")}
				if got, err := client.Score(context.Background(), request, &byWords{}); err != nil || got.Total != 3 {
					t.Error(got, err)
				}
			}
		})
	}
	group.Wait()
	released(t)
}

func BenchmarkCallback(b *testing.B) {
	client, weigher := connected(b), &byWords{}
	request := ScoreRequest{Documents: make([]Document, 1_000)}
	for b.Loop() {
		if _, err := client.Score(b.Context(), request, weigher); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*1_000), "ns/callback")
}

// Proves C10 of objects of Go. Expected: a fake meets them as Rust does, with panics as errors and copies of all that
// crosses.
func TestAMockHoldsObjectsOfGoAsRustDoes(t *testing.T) {
	weigher, body := &byWords{}, []byte("body")
	var panicked error
	client := NewWith(&Mock{ScoreFunc: func(ctx context.Context, _ ScoreRequest, callback Weigher) (ScoreResponse, error) {
		_, panicked = callback.Weigh(ctx, Document{Title: "panic"})
		weight, err := callback.Weigh(ctx, Document{Title: "a", Body: body})
		body[0] = 'B'
		return ScoreResponse{Proof: uint64(weight.Proof[0])}, err
	}})
	resp, err := client.Score(t.Context(), ScoreRequest{}, weigher)
	if err != nil || resp.Proof != 'b' {
		t.Errorf("got %+v, %v", resp, err)
	}
	if !errors.Is(panicked, grout.ErrPanic) {
		t.Errorf("got %v, want ErrPanic", panicked)
	}
}
