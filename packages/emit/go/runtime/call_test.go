package grout

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"
	"unsafe"
)

func TestTheFrameHasTheLayoutOfTheHeader(t *testing.T) {
	if got, want := unsafe.Sizeof(Call{}), 56+unsafe.Sizeof(uintptr(0)); got != want {
		t.Errorf("size %d, want %d", got, want)
	}
	if got := unsafe.Offsetof(Call{}.failure); got != 56 {
		t.Errorf("failure at %d, want 56", got)
	}
}

func TestTheDeadlineTravelsInTheFrame(t *testing.T) {
	var unlimited, limited Call
	unlimited.Begin(context.Background())
	if unlimited != (Call{size: uint32(unsafe.Sizeof(Call{}))}) || unlimited.Failure() != 0 {
		t.Errorf("got %+v", unlimited)
	}
	deadline := time.Unix(9_000_000_000, 5)
	ctx, cancel := context.WithDeadline(context.Background(), deadline)
	defer cancel()
	limited.Begin(ctx)
	if limited.deadlineUnixNs != 9_000_000_000_000_000_005 {
		t.Errorf("got %d", limited.deadlineUnixNs)
	}
}

func TestADeadlineBeyondTheRangeIsCutAndNeverNone(t *testing.T) {
	for instant, want := range map[time.Time]int64{
		time.Unix(0, 0):              -1,
		time.Unix(0, 1):              1,
		time.Unix(1<<40, 0):          math.MaxInt64,
		time.Unix(-(1 << 40), 0):     math.MinInt64,
		time.Unix(0, math.MaxInt64):  math.MaxInt64,
		time.Unix(0, math.MinInt64):  math.MinInt64,
		time.Time{}:                  math.MinInt64,
		time.Unix(0, -1_000_000_000): -1_000_000_000,
	} {
		if got := unixNs(instant); got != want {
			t.Errorf("%v: got %d, want %d", instant, got, want)
		}
	}
}

func TestACallWhoseContextIsDoneDoesNotStart(t *testing.T) {
	if err := CheckContext(context.Background()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("shutting down"))
	err := CheckContext(ctx)
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrCanceled) {
		t.Errorf("got %v", err)
	}
	if got, want := err.Error(), "CANCELED: shutting down"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	expired, stop := context.WithDeadline(context.Background(), time.Unix(1, 0))
	defer stop()
	if err := CheckContext(expired); !errors.Is(err, ErrDeadlineExceeded) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestValueOfNothingIsZero(t *testing.T) {
	seven := 7
	if Value[int](nil) != 0 || Value(&seven) != 7 {
		t.Error("Value must be what the pointer points to, or zero")
	}
}
