package beacon

import (
	"context"
	"errors"
	"testing"
)

// oilLamp is a lamp of a test, which needs no Rust.
type oilLamp struct{ oil int }

func (l *oilLamp) Light(context.Context, LightRequest) (LightResponse, error) {
	if l.oil == 0 {
		return LightResponse{}, ErrOutOfOil.New("dark").With("lamp", "oil lamp")
	}
	l.oil--
	return LightResponse{Word: "light"}, nil
}

func (*oilLamp) Name(context.Context, NameRequest) (NameResponse, error) {
	return NameResponse{Name: "oil lamp"}, nil
}

func TestALampIsFlashedUntilItsOilIsGone(t *testing.T) {
	lamp := &oilLamp{oil: 3}
	got, err := NewService().Flash(t.Context(), FlashRequest{Times: 3}, lamp)
	if want := (FlashResponse{Flashes: 3, Name: "oil lamp", Last: "light"}); err != nil || got != want {
		t.Errorf("got %+v and %v, want %+v", got, err, want)
	}
	if _, err := NewService().Flash(t.Context(), FlashRequest{Times: 1}, lamp); !errors.Is(err, ErrOutOfOil) {
		t.Errorf("got %v, want ErrOutOfOil", err)
	}
}
