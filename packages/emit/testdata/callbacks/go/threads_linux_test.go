//go:build !grout_mock && cgo

package scoring

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
)

// byThread remembers the threads that it was called on.
type byThread struct {
	mu      sync.Mutex
	threads []int
}

func (w *byThread) Weigh(context.Context, Document) (Weight, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.threads = append(w.threads, syscall.Gettid())
	return Weight{Weight: 1}, nil
}

func (w *byThread) Done(context.Context, Summary) (Thanks, error) {
	return Thanks{}, nil
}

func (w *byThread) Look(_ context.Context, req Parcel) (Parcel, error) {
	return req, nil
}

// Proves T1. Expected: a callback within the call is on the thread that made the call.
func TestACallAndItsCallbackStayOnTheThread(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	weigher := &byThread{}
	if _, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("a", "b")}, weigher); err != nil {
		t.Fatal(err)
	}
	own := syscall.Gettid()
	if !slices.Equal(weigher.threads, []int{own, own}) {
		t.Errorf("called on %v, the call was on %d", weigher.threads, own)
	}
}

// Proves T2 and T3, with one processor for Go. Expected: the call waits for threads of Rust, which call Go meanwhile.
func TestACallThatWaitsHoldsNobodyUp(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	weigher := &byThread{}
	request := ScoreRequest{Documents: documents("a", "b", "c")}
	if _, err := connected(t).ScoreInThreads(t.Context(), request, weigher); err != nil {
		t.Fatal(err)
	}
	if len(weigher.threads) != 3 || slices.Contains(weigher.threads, syscall.Gettid()) {
		t.Errorf("called on %v, the call was on %d", weigher.threads, syscall.Gettid())
	}
}
