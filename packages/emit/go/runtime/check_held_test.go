package grout

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// chime is an object of Go that a method is given.
type chime interface {
	Ring(ctx context.Context, times int) (string, error)
}

type chimeFunc func(ctx context.Context, times int) (string, error)

func (b chimeFunc) Ring(ctx context.Context, times int) (string, error) { return b(ctx, times) }

func copyTimes(c *Copier, times int) int {
	c.At("times").Limit(times, 3)
	return times
}

func copySound(c *Copier, sound string) string { return c.At("sound").Text(sound) }

// holdChime is what a generated mock does with what it is given.
func holdChime(site Site) func(chime) chime {
	return func(b chime) chime {
		return chimeFunc(func(ctx context.Context, times int) (string, error) {
			return HeldCall(ctx, site, times, b.Ring, copyTimes, copySound)
		})
	}
}

var errCracked = NewKind("t.v1.BellError", 1, "CRACKED", "", RetryUnspecified)

func chimeSuite(hold func(chime) chime) *HeldSuite[chime] {
	ring := func(times int) func(context.Context, chime) error {
		return func(ctx context.Context, b chime) error {
			_, err := b.Ring(ctx, times)
			return err
		}
	}
	return &HeldSuite[chime]{
		Type:     "t.v1.Bell",
		Calls:    []ObjectCall[chime]{{Method: "Bell.Ring", Call: ring(1), Kinds: []*Kind{errCracked}}},
		Refusals: []ObjectCall[chime]{{Method: "Bell.Ring", Call: ring(4), Refusal: "times: its length is 4, the contract allows 3 at most"}},
		New: func(answer func(context.Context) error) chime {
			return chimeFunc(func(ctx context.Context, _ int) (string, error) { return "", answer(ctx) })
		},
		Hold: hold,
	}
}

// Proves C9, C10, O11 and E12 of what a mock is given. Expected: what Rust would see of its errors and panics, and an object
// that is held as it is fails the suite.
func TestAMockSeesOfWhatItIsGivenWhatRustSees(t *testing.T) {
	right := chimeSuite(holdChime(Site{Method: "Bell.Ring"}))
	right.CheckRefusals(t)
	right.CheckErrors(t)
	shown := chimeSuite(holdChime(Site{Method: "Bell.Ring", ShowForeign: true}))
	shown.ShowsForeign = true
	shown.CheckErrors(t)
	for name, wrong := range map[string]*HeldSuite[chime]{
		"shows what is foreign": chimeSuite(holdChime(Site{Method: "Bell.Ring", ShowForeign: true})),
		"is passed as it is": chimeSuite(func(b chime) chime {
			return chimeFunc(func(ctx context.Context, times int) (sound string, err error) {
				defer func() {
					if recover() != nil {
						err = errors.New("it panicked")
					}
				}()
				return b.Ring(ctx, times)
			})
		}),
	} {
		var got reports
		wrong.CheckErrors(&got)
		if len(got) == 0 {
			t.Errorf("a bell that %s passes", name)
		}
	}
	var got reports
	chimeSuite(func(b chime) chime { return b }).CheckRefusals(&got)
	if len(got) == 0 {
		t.Error("a bell that is rung too often passes")
	}
}

func TestAMockSeesTheAnswersOfWhatItIsGiven(t *testing.T) {
	answers := map[string]*Kind{"ding": nil, "\xff": ErrInvalidResponse}
	for answer, want := range answers {
		held := holdChime(Site{Method: "Bell.Ring"})(chimeFunc(func(context.Context, int) (string, error) { return answer, nil }))
		got, err := held.Ring(t.Context(), 1)
		if want == nil && (err != nil || got != answer) || want != nil && !errors.Is(err, want) {
			t.Errorf("%q: got %q, %v", answer, got, err)
		}
	}
	cracked := holdChime(Site{Method: "Bell.Ring"})(chimeFunc(func(context.Context, int) (string, error) {
		return "", errCracked.New("by the frost")
	}))
	_, err := cracked.Ring(t.Context(), 1)
	failure, _ := AsError(err)
	if !errors.Is(err, errCracked) || failure.Message != "by the frost" || len(failure.Hops) != 1 || failure.Hops[0].Method != "Bell.Ring" {
		t.Errorf("%+v", err)
	}
}

// Proves O1 and O11 as the suite checks them. Expected: who lets go of what it is given passes; who keeps it, does not call
// it, or shows what is foreign does not.
func TestTheSuiteFindsWhoKeepsWhatItIsGiven(t *testing.T) {
	table := NewCallbacks[chime]("t.v1.Bell", nil, nil)
	hold := holdChime(Site{Method: "Bell.Ring"})
	ring := func(object chime) error {
		number := table.Give(object)
		defer table.Release(number)
		_, err := hold(object).Ring(context.Background(), 1)
		return err
	}
	var kept []uint64
	cases := map[string]struct {
		call    func(object chime) error
		isRight bool
	}{
		"lets go":        {ring, true},
		"hides failures": {func(object chime) error { _ = ring(object); return nil }, true},
		"keeps":          {func(object chime) error { kept = append(kept, table.Give(object)); return ring(object) }, false},
		"calls nothing":  {func(chime) error { return nil }, false},
		"fails oddly":    {func(object chime) error { return errors.Join(ring(object), errors.New("odd")) }, false},
		"breaks for good": {func() func(object chime) error {
			isBroken := false
			return func(object chime) error {
				if err := ring(object); err != nil || isBroken {
					isBroken = true
					return ErrUnavailable.New("broken")
				}
				return nil
			}
		}(), false},
	}
	for name, it := range cases {
		var got reports
		// In a bubble nobody waits for real.
		synctest.Test(t, func(*testing.T) { chimeSuite(hold).CheckGiven(&got, it.call) })
		if (len(got) == 0) != it.isRight {
			t.Errorf("who %s: got %q", name, got)
		}
		for _, number := range kept {
			table.Release(number)
		}
	}
}
