package grout

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// everything has one of each kind of value that messages have.
type everything struct {
	Number  float64
	Enum    Canonical
	Text    string
	Pointer *string
	Bytes   []byte
	List    []any
	Map     map[bool]string
	Time    time.Time
	View    *View
	Words   *TextView
	Buffer  *Buffer
	Secret  hidden
}

// hidden is a message that does not show itself.
type hidden struct{ Key string }

func (hidden) String() string { return "redacted" }

func (hidden) GoString() string { return "redacted" }

// Equal values are written alike, and others are not: what a value of tests is, not where it lies.
func TestMessagesOfTestsAreWrittenWithAllThatTheyHave(t *testing.T) {
	for want, message := range map[string]any{
		"nil":                                           nil,
		"grout.everything{Number: NaN}":                 everything{Number: math.NaN()},
		"grout.everything{Number: -0}":                  everything{Number: math.Copysign(0, -1)},
		"grout.everything{Number: +Inf, Enum: 5}":       everything{Number: math.Inf(1), Enum: CanonicalNotFound},
		`grout.everything{Text: "a\x00", Pointer: &""}`: everything{Text: "a\x00", Pointer: new("")},
		"grout.everything{Bytes: []byte{}, List: []interface {}{nil, 1}}":                   everything{Bytes: []byte{}, List: []any{nil, 1}},
		`grout.everything{Map: map[bool]string{false: "a", true: "b"}}`:                     everything{Map: map[bool]string{true: "b", false: "a"}},
		"grout.everything{Time: time.Unix(1, 2).In(UTC)}":                                   everything{Time: time.Unix(1, 2).UTC()},
		`grout.everything{View: grout.NewView([]byte{0x1}), Words: grout.NewTextView("a")}`: everything{View: NewView([]byte{1}), Words: NewTextView("a")},
		"grout.everything{Buffer: grout.BufferOf([]byte{0x1})}":                             everything{Buffer: BufferOf([]byte{1})},
		`grout.everything{Secret: grout.hidden{Key: "k"}}`:                                  everything{Secret: hidden{"k"}},
	} {
		if got := written(message); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

type sized struct{ Name string }

func packSized(p *Packer, v sized) { p.At("name").Text(v.Name) }

func unpackSized(u *Unpacker) sized { return sized{u.At("name").Text()} }

func copySized(c *Copier, v sized) sized {
	c.At("name").Limit(len(v.Name), 2)
	return sized{c.At("name").Text(v.Name)}
}

// A check that a right codec passes fails for each way in which one can be wrong, and shows the message.
func TestAValueThatDoesNotComeBackIsReported(t *testing.T) {
	forgets := func(u *Unpacker) sized { _ = unpackSized(u); return sized{} }
	refuses := func(u *Unpacker) sized { u.At("name").Bool(); return sized{} }
	for name, it := range map[string]struct {
		codec Codec
		want  string
	}{
		"a right one":          {CodecOf(packSized, unpackSized), ""},
		"one that forgets":     {CodecOf(packSized, forgets), `grout.sized{Name: "a"} is packed to 0100000061, which is unpacked to grout.sized{}`},
		"one that refuses":     {CodecOf(packSized, refuses), `grout.sized{Name: "a"} is packed to 0100000061, which is refused: `},
		"one that cannot pack": {CodecOf(func(p *Packer, _ sized) { p.Unknown(1) }, unpackSized), `grout.sized{Name: "a"} is not packed: `},
	} {
		var reported reports
		it.codec.CheckValue(&reported, sized{"a"})
		if got := strings.Join(reported, "; "); !strings.HasPrefix(got, it.want) || it.want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", name, got, it.want)
		}
	}
}

// Bytes that differ count although the messages are written alike.
func TestTheSameMessageInOtherBytesIsReported(t *testing.T) {
	packs := 0
	codec := CodecOf(func(p *Packer, v float64) {
		packs++
		p.Float64(math.Float64frombits(math.Float64bits(v) + uint64(packs-1)))
	}, (*Unpacker).Float64)
	var reported reports
	codec.CheckValue(&reported, math.NaN())
	if len(reported) != 1 || !strings.HasPrefix(reported[0], "NaN is packed to 010000000000f87f, then to 020000000000f87f") {
		t.Error(reported)
	}
}

func TestALimitThatIsNotKeptIsReported(t *testing.T) {
	keeps := func(c *Copier, v sized) sized { return v }
	narrower := func(c *Copier, v sized) sized { c.At("name").Limit(len(v.Name), 1); return v }
	for name, it := range map[string]struct {
		copy func(*Copier, sized) sized
		text string
		want []string
	}{
		"at the limit":        {copySized, "ab", nil},
		"beyond it":           {copySized, "abc", nil},
		"one that has none":   {keeps, "abc", []string{`grout.sized{Name: "abc"} is refused with "", want "name: its length is 3, the contract allows 2 at most"`}},
		"one that is shorter": {narrower, "ab", []string{`grout.sized{Name: "ab"} is refused with "name: its length is 2, the contract allows 1 at most", want ""`}},
	} {
		var reported reports
		CheckLimit(&reported, sized{it.text}, it.copy, "name", len(it.text), 2)
		if !slices.Equal(reported, it.want) {
			t.Errorf("%s: got %q", name, reported)
		}
	}
}
