//go:build cgo && !grout_mock

package scoring

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	grout "example.com/acme/grout-go"
)

func ptr[T any](value T) *T {
	return &value
}

// full has each part of a parcel; its texts are longer than a tail together.
func full() Parcel {
	return Parcel{
		Number:    1 << 63,
		Floor:     ptr(int32(-3)),
		IsFragile: true,
		Care:      CareHigh,
		ExtraCare: ptr(Care(7)),
		Label:     strings.Repeat("ü", 90),
		Note:      ptr("note"),
		Seal:      []byte{1, 2},
		Sent:      ptr(time.Date(1969, 1, 2, 3, 4, 5, 6, time.UTC)),
		Left:      ptr(-time.Second),
		Sender: &Sender{
			Name: "Ada",
			Age:  ptr(uint32(36)),
			Address: &Address{
				Street:   "St James's Square",
				Town:     ptr(""),
				Latitude: 51.5,
				Extras:   map[string]string{"floor": "1"},
			},
		},
		Stops:   []string{"", "a"},
		Goods:   ParcelGoodsText{Value: "books"},
		Nothing: &Nothing{},
	}
}

// Proves L1 to L3, L11 and L12 of methods of Go, each kind of value there and absent, in both directions. Expected: what
// comes back is what was sent, by way of Rust, Go and Rust.
func TestParcelsCrossBothWays(t *testing.T) {
	bare := full()
	bare.Sender.Address, bare.Label = nil, "short"
	for name, parcel := range map[string]Parcel{
		"all":       full(),
		"nothing":   {},
		"empty":     {Floor: ptr(int32(0)), Note: ptr(""), Seal: []byte{}, Sender: &Sender{}, Goods: ParcelGoodsPieces{}},
		"bare":      bare,
		"no sender": {Label: "x", Stops: []string{"a"}},
	} {
		weigher := &byWords{}
		got, err := connected(t).Show(t.Context(), parcel, weigher)
		if err != nil || !reflect.DeepEqual(got, parcel) || weigher.calls.Load() != 1 {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	released(t)
}

// Proves C9 and L8 of requests of Rust. Expected: INVALID_ARGUMENT names the field, and Go is not reached.
func TestWhatRustMayNotSendDoesNotReachGo(t *testing.T) {
	for label, message := range map[string]string{
		"long label": "label: its length is 301, the contract allows 300 at most",
		"long note":  "note: its length is 9, the contract allows 8 at most",
		"many stops": "stops: its length is 4, the contract allows 3 at most",
		"late":       "sent: 300000000000 s and 0 ns since 1970 are no time between the years 1 and 9999",
	} {
		weigher := &byWords{}
		_, err := connected(t).Show(t.Context(), Parcel{Label: label}, weigher)
		failure, _ := grout.AsError(err)
		if !errors.Is(err, grout.ErrInvalidArgument) || failure.Message != message || weigher.calls.Load() != 0 {
			t.Errorf("%s: got %v", label, err)
		}
	}
	released(t)
}

// answering is a weigher that makes of a parcel what it was told.
type answering struct {
	byWords
	parcel Parcel
}

func (a *answering) Look(context.Context, Parcel) (Parcel, error) {
	return a.parcel, nil
}

// Proves C9, L7, L8 and L9 of responses of Go. Expected: INVALID_RESPONSE names the field.
func TestWhatGoMayNotAnswerIsRefused(t *testing.T) {
	late := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	for message, parcel := range map[string]Parcel{
		"label: its length is 301, the contract allows 300 at most": {Label: strings.Repeat("x", 301)},
		"note: its length is 9, the contract allows 8 at most":      {Note: ptr("123456789")},
		"stops: its length is 4, the contract allows 3 at most":     {Stops: make([]string, 4)},
		"label: not valid UTF-8 at byte 1":                          {Label: "a\xff"},
		"sender.name: not valid UTF-8 at byte 0":                    {Sender: &Sender{Name: "\xff"}},
		"stops[1]: not valid UTF-8 at byte 0":                       {Stops: []string{"", "\xff"}},
		"sent: 253402300800 s and 0 ns since 1970 are no time":      {Sent: &late},
		"goods: *scoring.ParcelGoodsText is no alternative":         {Goods: &ParcelGoodsText{}},
	} {
		_, err := connected(t).Show(t.Context(), Parcel{}, &answering{parcel: parcel})
		failure, _ := grout.AsError(err)
		if !errors.Is(err, grout.ErrInvalidResponse) || !strings.HasPrefix(failure.Message, message) {
			t.Errorf("want %s, got %v", message, err)
		}
	}
	released(t)
}

// failing is a weigher that answers with an error which panics when it is looked at.
type failing struct{ byWords }

type broken struct{ error }

func (broken) Unwrap() error { panic("in Unwrap") }

func (*failing) Look(context.Context, Parcel) (Parcel, error) {
	return Parcel{}, broken{}
}

// Proves O11, a panic ends the callback only, wherever in the call it comes. Expected: PANIC, and the next call is served.
func TestAPanicOfAnErrorOfGoIsContained(t *testing.T) {
	if _, err := connected(t).Show(t.Context(), Parcel{}, &failing{}); !errors.Is(err, grout.ErrPanic) {
		t.Error(err)
	}
	if _, err := connected(t).Show(t.Context(), Parcel{}, &byWords{}); err != nil {
		t.Error(err)
	}
	released(t)
}
