// Package budget measures the methods of a bridge against the time that the contract allows them. For generated
// benchmarks.
package budget

import (
	"slices"
	"testing"
	"time"
)

// referenceCall is what a bare cgo call with three numbers takes on the machine that budgets are counted for. Another
// machine gets as much more or less as its own such call takes.
const referenceCall = 42 * time.Nanosecond

const (
	// windows is how often both calls are measured, by turns, so that what disturbs the machine disturbs both.
	windows = 15
	// windowLength is about how long each measurement takes.
	windowLength = 2 * time.Millisecond
	// trials is how often a call must be over its budget: one disturbed machine is no slow method.
	trials = 3
)

// Request is what a benchmark sends: what prepare makes of the receiver, or the sample where there is no prepare.
func Request[Receiver, Message any](
	b *testing.B,
	prepare func(*testing.B, Receiver) Message,
	receiver Receiver,
	sample Message,
) Message {
	b.Helper()
	if prepare == nil {
		return sample
	}
	return prepare(b, receiver)
}

// Object is what the methods of an object are measured on. It is closed when the benchmark ends, and err, with which
// it could not be opened, ends it. The hook is what would open another one.
func Object[T interface{ Close() error }](b *testing.B, hook string, object T, err error) T {
	b.Helper()
	if err != nil {
		b.Fatalf("there is no object to measure: %v; %s", err, howToPrepare(hook))
	}
	b.Cleanup(func() {
		if err := object.Close(); err != nil {
			b.Error(err)
		}
	})
	return object
}

// Method is what is measured.
type Method struct {
	// Name is that of the contract, e.g. "Pricing.Quote".
	Name string
	// Hook is the field of boundaryBenchmarks that makes its request.
	Hook string
	// Budget is what the contract allows a call to take; 0 allows everything.
	Budget time.Duration
	// IsDebug says that the library was built for debugging, which no budget is meant for: the method is measured, but not
	// judged.
	IsDebug bool
}

// Run measures call, which calls the method, and reports it as benchmarks do. It fails b where a call takes longer than
// the budget allows on this machine. A method whose call fails is not measured; b fails with it if there is a budget.
func Run(b *testing.B, method Method, call func() error) {
	b.Helper()
	if err := call(); err != nil {
		give := b.Skipf
		if method.Budget > 0 {
			give = b.Fatalf
		}
		give("%s fails with %v; %s", method.Name, err, howToPrepare(method.Hook))
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = call()
	}
	if method.Budget > 0 {
		judge(b, method, func() { _ = call() })
	}
}

func howToPrepare(hook string) string {
	return "set boundaryBenchmarks." + hook + " to make a request that succeeds, in an init function of a test file of this " +
		"package"
}

// judge compares call with the budget of its method.
func judge(b *testing.B, method Method, call func()) {
	b.Helper()
	if method.IsDebug || raceDetector || !canCallRaw {
		b.Logf("%s is measured, but not held to its budget: this is no release build", method.Name)
		return
	}
	var found comparison
	for range trials {
		found = compare(rawCall, call)
		if !found.exceeds(method.Budget) {
			break
		}
	}
	b.ReportMetric(found.allowed(method.Budget), "budget-ns")
	b.ReportMetric(found.call/found.raw, "×raw-cgo")
	if found.exceeds(method.Budget) {
		b.Errorf("%s takes %.0f ns, and its budget is %v, which is %.0f ns on this machine: a bare cgo call takes %.0f ns "+
			"here, and %v where budgets are counted",
			method.Name, found.call, method.Budget, found.allowed(method.Budget), found.raw, referenceCall)
	}
}

// comparison has the medians of both calls, in nanoseconds.
type comparison struct {
	raw, call float64
}

// allowed is the limit scaled to this machine, in nanoseconds.
func (c comparison) allowed(limit time.Duration) float64 {
	return float64(limit.Nanoseconds()) * c.raw / float64(referenceCall.Nanoseconds())
}

func (c comparison) exceeds(limit time.Duration) bool {
	return c.call > c.allowed(limit)
}

// compare measures both calls by turns.
func compare(raw, call func()) comparison {
	rawTimes, callTimes := roundsOf(raw), roundsOf(call)
	var raws, calls []float64
	for range windows {
		raws = append(raws, timeOf(raw, rawTimes))
		calls = append(calls, timeOf(call, callTimes))
	}
	return comparison{raw: median(raws), call: median(calls)}
}

// roundsOf finds how often f runs in a window, at least once.
func roundsOf(f func()) int {
	for n := 1; ; n *= 2 {
		if took := timeOf(f, n); took*float64(n) >= float64(windowLength/4) {
			return max(1, int(float64(windowLength)/took))
		}
	}
}

// timeOf is what one run of f takes on average of n, in nanoseconds.
func timeOf(f func(), n int) float64 {
	start := time.Now()
	for range n {
		f()
	}
	return float64(time.Since(start).Nanoseconds()) / float64(n)
}

func median(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}
