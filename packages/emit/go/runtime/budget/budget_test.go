package budget

import (
	"errors"
	"testing"
	"time"
)

func TestABudgetIsScaledByWhatABareCallTakes(t *testing.T) {
	slow := comparison{raw: 84, call: 390}
	if got := slow.allowed(200 * time.Nanosecond); got != 400 {
		t.Errorf("a machine half as fast allows %v ns, want 400", got)
	}
	if slow.exceeds(200 * time.Nanosecond) {
		t.Error("390 ns exceed 400 ns")
	}
	slow.call = 410
	if !slow.exceeds(200 * time.Nanosecond) {
		t.Error("410 ns do not exceed 400 ns")
	}
}

func TestBothCallsAreMeasured(t *testing.T) {
	found := compare(func() {}, func() { time.Sleep(time.Millisecond) })
	if found.call < 1e6 {
		t.Errorf("the longer call takes %v ns, want at least a millisecond", found.call)
	}
	if found.raw >= found.call {
		t.Errorf("the shorter call takes %v ns, the longer one %v", found.raw, found.call)
	}
}

func TestABenchmarkFailsForWhatIsTooSlow(t *testing.T) {
	if !canCallRaw || raceDetector {
		t.Skip("budgets are for release builds with cgo")
	}
	slow := func() error {
		time.Sleep(100 * time.Microsecond)
		return nil
	}
	for _, it := range []struct {
		name    string
		limit   time.Duration
		isDebug bool
		fails   bool
	}{
		{"over its budget", time.Nanosecond, false, true},
		{"without a budget", 0, false, false},
		{"within its budget", time.Minute, false, false},
		{"not judged in a debug build", time.Nanosecond, true, false},
	} {
		// The result of a benchmark that fails is empty.
		result := testing.Benchmark(func(b *testing.B) { Run(b, Method{"Pricing.Quote", "Quote", it.limit, it.isDebug}, slow) })
		if (result.N == 0) != it.fails {
			t.Errorf("%s: %d rounds were reported; fails: %t", it.name, result.N, it.fails)
		}
	}
}

func TestAMethodWhoseCallFailsIsNotMeasured(t *testing.T) {
	fails := func() error { return errors.New("no such key") }
	for _, budget := range []time.Duration{0, time.Minute} {
		wasSkipped := false
		result := testing.Benchmark(func(b *testing.B) {
			defer func() { wasSkipped = b.Skipped() }()
			Run(b, Method{Name: "Index.Get", Hook: "IndexGet", Budget: budget}, fails)
		})
		if result.N != 0 || wasSkipped != (budget == 0) {
			t.Errorf("with a budget of %v: %d rounds, skipped: %t", budget, result.N, wasSkipped)
		}
	}
}

type closer struct{ closed *int }

func (c closer) Close() error {
	*c.closed++
	return nil
}

func TestTheObjectOfABenchmarkIsClosed(t *testing.T) {
	closed := 0
	testing.Benchmark(func(b *testing.B) { Object(b, "Open", closer{&closed}, nil) })
	if closed == 0 {
		t.Error("the object was not closed")
	}
	went := false
	testing.Benchmark(func(b *testing.B) {
		Object(b, "Open", closer{}, errors.New("locked"))
		went = true
	})
	if went {
		t.Error("the benchmark went on without an object")
	}
}

func TestARequestIsPreparedWhereSomebodySaysHow(t *testing.T) {
	testing.Benchmark(func(b *testing.B) {
		if got := Request(b, nil, 7, "sample"); got != "sample" {
			t.Errorf("got %q, want the sample", got)
		}
		prepare := func(_ *testing.B, receiver int) string { return "prepared"[:receiver] }
		if got := Request(b, prepare, 7, "sample"); got != "prepare" {
			t.Errorf("got %q, want what prepare makes of the receiver", got)
		}
	})
}
