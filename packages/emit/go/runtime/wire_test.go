package grout

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// wholeHex is an error with everything. The Rust runtime tests with the same bytes.
const wholeHex = "0a11746573742e76312e546573744572726f7210071a064c4f434b4544220a68656c642062792034322a107761697420666f" +
	"72206772c3bcc39f6532110a06686f6c64657212076772c3bcc39f65320038024080dea0cb05480a522a0a136f746865722e" +
	"76312e4f746865724572726f7210fdffffffffffffffff011a034f444422036f6464520b22096469736b2066756c6c5a3008" +
	"01120a53746f72652e4f70656e1a117372632f73746f72652e72733a34313a39200128ffffffffffffffffff0130035a0208" +
	"026207303a206d61696e"

func wholeBytes(t *testing.T) []byte {
	bytes, err := hex.DecodeString(wholeHex)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func wholeError() *Error {
	return &Error{
		Domain: "test.v1.TestError", Code: 7, Name: "LOCKED", Message: "held by 42", Hint: "wait for grüße",
		Args: []Arg{{"holder", "grüße"}, {}}, Retry: RetryBackoff, RetryAfter: 1500 * time.Millisecond,
		Canonical: CanonicalAborted, Backtrace: "0: main",
		Hops: []Hop{{
			Side: SideRust, Method: "Store.Open", Location: "src/store.rs:41:9",
			TraceID: "0000000000000001ffffffffffffffff", SpanID: "0000000000000003",
		}, {Side: SideGo}},
		cause: &Cause{
			Domain: "other.v1.OtherError", Code: -3, Name: "ODD", Message: "odd", Next: &Cause{Message: "disk full"},
		},
	}
}

// Rule E19
func TestAnErrorHasTheBytesThatBothSidesKnow(t *testing.T) {
	if got, want := decodeError(string(wholeBytes(t))), wholeError(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, want %#v", got, want)
	}
	var out wireWriter
	wholeError().write(&out, wholeError().Hops, shown{})
	if got := hex.EncodeToString(out.out); got != wholeHex {
		t.Errorf("got %s", got)
	}
}

// Rule E19
// Proves V5. Expected: what is known is read.
func TestWhatANewerSideAddsIsSkipped(t *testing.T) {
	out := wireWriter{out: wholeBytes(t)}
	out.number(99, 5)
	out.text(100, "new")
	out.out = append(out.out, 0xa9, 6, 1, 2, 3, 4, 5, 6, 7, 8, 0xad, 6, 1, 2, 3, 4)
	if got := decodeError(string(out.out)); !reflect.DeepEqual(got, wholeError()) {
		t.Errorf("got %+v", got)
	}
}

// Rule E19
func TestBrokenBytesAreAnErrorOfTheirOwn(t *testing.T) {
	refused := 0
	for length := range wholeBytes(t) {
		if errors.Is(decodeError(string(wholeBytes(t)[:length])), ErrHandshake) {
			refused++
		}
	}
	if refused < 100 {
		t.Errorf("only %d refused", refused)
	}
	for _, bytes := range []string{strings.Repeat("\xff", 11), "\x03", "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"} {
		if got := decodeError(bytes); !errors.Is(got, ErrHandshake) || !strings.Contains(got.Hint, "nx sync") {
			t.Errorf("%q: got %v", bytes, got)
		}
	}
}

func FuzzDecodeError(f *testing.F) {
	bytes, _ := hex.DecodeString(wholeHex)
	f.Add(bytes)
	f.Fuzz(func(t *testing.T, bytes []byte) {
		again := Site{}.encode(decodeError(string(bytes)))
		decodeError(string(again))
	})
}

func sent(err error, site Site) *Error {
	return decodeError(string(EncodeError(err, site)))
}

var site = Site{Method: "Orders.Place", ShowForeign: true, ShowRedacted: true}

// Rules E1 and E18
func TestAnErrorOfGoCrossesWhole(t *testing.T) {
	made := errLocked.New("held").With("holder", 42).RetryIn(time.Second).CausedBy(errors.Join(errSecret, context.Canceled))
	got := sent(fmt.Errorf("placing: %w", made), site)
	if got.Code != 7 || got.Message != "held" || got.Hint != "close process 42" || got.RetryAfter != time.Second {
		t.Errorf("got %+v", got)
	}
	if !errors.Is(got, errSecret) || got.Retry != RetryBackoff || got.Canonical != CanonicalUnavailable {
		t.Errorf("got %+v", got)
	}
	if len(got.Hops) != 1 || got.Hops[0].Side != SideGo || got.Hops[0].Method != "Orders.Place" ||
		!strings.Contains(got.Hops[0].Location, "/wire_test.go:") || strings.HasPrefix(got.Hops[0].Location, "/") {
		t.Errorf("got %+v", got.Hops)
	}
}

// Rule E18
func TestAnErrorThatNoContractKnowsIsUnknownOrThatOfItsContext(t *testing.T) {
	for err, want := range map[error]*Kind{
		errors.New("disk full"):                               ErrUnknown,
		fmt.Errorf("placing: %w", context.Canceled):           ErrCanceled,
		fmt.Errorf("placing: %w", context.DeadlineExceeded):   ErrDeadlineExceeded,
		fmt.Errorf("placing: %w", errors.New("no such disk")): ErrUnknown,
	} {
		got := sent(err, site)
		if !errors.Is(got, want) || got.Message != err.Error() {
			t.Errorf("%v: got %v", err, got)
		}
		if got := sent(err, Site{}); !errors.Is(got, want) || got.Message != withheld || strings.Contains(got.Error(), "disk") {
			t.Errorf("%v: got %v", err, got)
		}
	}
}

// Rules E12, E13 and E14
func TestARedactedErrorIsWithheldAndTheHookSeesIt(t *testing.T) {
	var seen []string
	SetErrorHook(func(method string, err error) { seen = append(seen, method+" "+err.Error()) })
	defer errorHook.Store(nil)
	made := errSecret.New("1234").With("owner", "root").With("password", "1234").
		CausedBy(fmt.Errorf("a %w", fmt.Errorf("b %w", errSecret.New("1234"))))
	got := sent(made, Site{Method: "Vault.Open"})
	if text := fmt.Sprintf("%+v", got); strings.Contains(text, "1234") || got.Hint != "ask root" || len(got.Args) != 1 {
		t.Errorf("got %s", text)
	}
	if first, ok := got.Unwrap().(*Cause); !ok || first.Message != withheld || first.Next.Name != "SECRET" || first.Next.Next != nil {
		t.Errorf("got %v", got.Unwrap())
	}
	if len(seen) != 1 || !strings.Contains(seen[0], "Vault.Open SECRET: 1234") {
		t.Errorf("got %q", seen)
	}
	if got := sent(made, Site{ShowRedacted: true}); got.Message != "1234" || len(got.Args) != 2 {
		t.Errorf("got %v", got)
	}
}

// Rule E16
func TestAnErrorOfRustThatGoesBackKeepsItsWay(t *testing.T) {
	received := InMethod(decodeError(string(wholeBytes(t))), "Store.Open")
	got := sent(received, site)
	hops := got.Hops
	if len(hops) != 3 || hops[0] != wholeError().Hops[0] || hops[2].Method != "Orders.Place" || hops[2].Location == "" {
		t.Errorf("got %+v", hops)
	}
	got.Hops = hops[:2]
	want := wholeError()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Rule E10
func TestAPanicOfGoIsAnErrorWithAPlace(t *testing.T) {
	panicking := func(cause any, site Site) (failure *Error) {
		defer func() {
			if value := recover(); value != nil {
				failure = decodeError(string(EncodePanic(value, site)))
			}
		}()
		if cause == nil {
			var nothing *Error
			_ = nothing.Name
		}
		panic(cause)
	}
	for cause, text := range map[any]string{"boom": "boom", nil: "nil pointer"} {
		got := panicking(cause, site)
		if !errors.Is(got, ErrPanic) || !strings.Contains(got.Message, text) ||
			!strings.Contains(got.Hops[0].Location, "/wire_test.go:") {
			t.Errorf("got %+v", got)
		}
		if got := panicking(cause, Site{}); strings.Contains(got.Message, text) || !strings.Contains(got.Message, withheld) {
			t.Errorf("got %v", got)
		}
	}
}
