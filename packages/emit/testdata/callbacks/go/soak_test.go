//go:build cgo && !grout_mock

package scoring

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	grout "example.com/acme/grout-go"
)

// soak is what the goroutines of the soak test share.
type soak struct {
	client  *Client
	weigher *byWords
	// models are opened, used and closed by whoever comes.
	models [16]atomic.Pointer[Model]
	// ended counts the calls by how they ended.
	ended [6]atomic.Int64
}

// What a call may end with.
const (
	answered = iota
	ofTheContract
	panicked
	canceled
	closedMeanwhile
	opening
)

// Proves C4, C7, O1 to O4, O10 and O11 of a mix: calls, calls on objects that others close, callbacks that call back,
// errors and panics of both sides, contexts that are done. Expected: each call ends as it must, and nothing lives
// afterwards. GROUT_SOAK_CALLS sets how many, GROUT_SOAK_SEED which.
func TestMixedCalls(t *testing.T) {
	grout.CheckLeaks(t)
	total := numberFrom(t, "GROUT_SOAK_CALLS", 20_000)
	seed := uint64(numberFrom(t, "GROUT_SOAK_SEED", int(time.Now().UnixNano())))
	s := &soak{client: connected(t), weigher: &byWords{}}
	goroutines := runtime.NumGoroutine()
	const workers = 8
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(seed, uint64(worker)))
			for range total / workers {
				if err := s.call(t.Context(), random); err != nil {
					t.Errorf("with GROUT_SOAK_SEED=%d: %v", seed, err)
					return
				}
			}
		})
	}
	group.Wait()
	for i := range s.models {
		if model := s.models[i].Swap(nil); model != nil {
			if err := model.Close(); err != nil && !errors.Is(err, grout.ErrClosed) {
				t.Error(err)
			}
		}
	}
	for how := range s.ended {
		if s.ended[how].Load() == 0 {
			t.Errorf("no call ended as %d: the mix shows less than it says", how)
		}
	}
	released(t)
	for _, object := range grout.LiveObjects() {
		t.Errorf("%s lives", object)
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > goroutines; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Errorf("%d goroutines, there were %d", runtime.NumGoroutine(), goroutines)
			break
		}
	}
}

func numberFrom(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return number
}

// call makes one call, and returns an error where it did not end as it must.
func (s *soak) call(ctx context.Context, random *rand.Rand) error {
	slot := &s.models[random.IntN(len(s.models))]
	switch random.IntN(12) {
	case 0:
		model, err := s.client.Train(ctx, TrainRequest{}, s.weigher)
		if err != nil {
			return fmt.Errorf("Train: %w", err)
		}
		s.ended[opening].Add(1)
		return ignoreClosed(closeModel(slot.Swap(model)))
	case 1:
		if model := slot.Load(); model != nil {
			return ignoreClosed(model.Close())
		}
	case 2, 3, 4:
		model := slot.Load()
		if model == nil {
			break
		}
		return s.ends(random, func(documents []Document) (ScoreResponse, error) {
			return model.Apply(ctx, ApplyRequest{Documents: documents})
		}, true)
	case 5:
		done, cancel := context.WithCancel(ctx)
		cancel()
		_, err := s.client.Score(done, ScoreRequest{}, s.weigher)
		if !errors.Is(err, grout.ErrCanceled) {
			return fmt.Errorf("a call whose context is done: %v", err)
		}
		s.ended[canceled].Add(1)
		return nil
	case 6:
		return s.ends(random, func(documents []Document) (ScoreResponse, error) {
			return s.client.Score(ctx, ScoreRequest{Documents: documents}, &callingBack{s.client, s.weigher})
		}, false)
	case 7:
		if random.IntN(20) > 0 {
			break
		}
		documents := documents("a", "b c")
		resp, err := s.client.ScoreInThreads(ctx, ScoreRequest{Documents: documents}, s.weigher)
		if err != nil || resp != (ScoreResponse{Total: 3, Proof: 20}) {
			return fmt.Errorf("in threads: %+v, %w", resp, err)
		}
		return nil
	}
	return s.ends(random, func(documents []Document) (ScoreResponse, error) {
		return s.client.Score(ctx, ScoreRequest{Documents: documents}, s.weigher)
	}, false)
}

// ends makes a call with documents that it must answer, refuse, or panic at, on one side or the other.
func (s *soak) ends(random *rand.Rand, score func([]Document) (ScoreResponse, error), mayBeClosed bool) error {
	title := [...]string{"a b c", "a b c", "a b c", "empty", "panic", "broken", "odd"}[random.IntN(7)]
	resp, err := score(documents("a", title))
	switch {
	case mayBeClosed && errors.Is(err, grout.ErrClosed):
		s.ended[closedMeanwhile].Add(1)
		return nil
	case title == "empty" && errors.Is(err, ErrEmpty), title == "odd" && errors.Is(err, grout.ErrUnknown):
		s.ended[ofTheContract].Add(1)
		return nil
	case (title == "panic" || title == "broken") && errors.Is(err, grout.ErrPanic):
		s.ended[panicked].Add(1)
		return nil
	case title == "a b c" && err == nil && resp == (ScoreResponse{Total: 4, Proof: 20}):
		s.ended[answered].Add(1)
		return nil
	}
	return fmt.Errorf("%q ends with %+v, %w", title, resp, err)
}

func closeModel(model *Model) error {
	if model == nil {
		return nil
	}
	return model.Close()
}

func ignoreClosed(err error) error {
	if errors.Is(err, grout.ErrClosed) {
		return nil
	}
	return err
}

// callingBack is a weigher that asks Rust once more.
type callingBack struct {
	client  *Client
	weigher *byWords
}

func (c *callingBack) Weigh(ctx context.Context, req Document) (Weight, error) {
	if _, err := c.client.Score(ctx, ScoreRequest{Documents: []Document{{Title: "inner"}}}, c.weigher); err != nil {
		return Weight{}, err
	}
	return c.weigher.Weigh(ctx, req)
}

func (c *callingBack) Done(ctx context.Context, req Summary) (Thanks, error) {
	return c.weigher.Done(ctx, req)
}

func (c *callingBack) Look(ctx context.Context, req Parcel) (Parcel, error) {
	return c.weigher.Look(ctx, req)
}
