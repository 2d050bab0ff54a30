//go:build !grout_mock

package calc

import (
	"context"
	"errors"
	"math"
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

func TestEveryScalarComesBackAsItIs(t *testing.T) {
	client := connected(t)
	for _, want := range []Scalars{
		{},
		{true, math.MaxInt32, math.MaxInt64, math.MaxUint32, math.MaxUint64, math.MaxFloat32, math.MaxFloat64, math.MinInt32, 1},
		{false, math.MinInt32, math.MinInt64, 0, 0, float32(math.Inf(-1)), math.SmallestNonzeroFloat64, -1, math.MaxUint64},
	} {
		got, err := client.Echo(t.Context(), want)
		if err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func TestTheDeadlineReachesRust(t *testing.T) {
	client := connected(t)
	unlimited, err := client.Remaining(context.Background(), RemainingRequest{})
	if err != nil || unlimited.Limited {
		t.Errorf("got %+v, %v without a deadline", unlimited, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	limited, err := client.Remaining(ctx, RemainingRequest{})
	if err != nil || !limited.Limited || limited.Seconds < 3500 || limited.Seconds > 3600 {
		t.Errorf("got %+v, %v with an hour left", limited, err)
	}
}

func TestRustStopsAtTheDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := connected(t).Dawdle(ctx, DawdleRequest{})
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, grout.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestACallWhoseContextIsDoneNeverStarts(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := connected(t).Sum(ctx, SumRequest{1, 2, 3})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got, want := err.Error(), "Calc.Sum: CANCELED: context canceled"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestASumAllocatesNothing(t *testing.T) {
	client, ctx := connected(t), t.Context()
	allocations := testing.AllocsPerRun(100, func() {
		if resp, err := client.Sum(ctx, SumRequest{1, 2, 3}); err != nil || resp.Sum != 6 {
			t.Errorf("got %+v, %v", resp, err)
		}
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
}

func BenchmarkSum(b *testing.B) {
	client, ctx := connected(b), b.Context()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Sum(ctx, SumRequest{1, 2, 3}); err != nil {
			b.Fatal(err)
		}
	}
}
