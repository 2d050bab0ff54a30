package grout

import (
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

type pair struct {
	name string
	next *pair
}

func packPair(p *Packer, v pair) {
	if !p.Enter() {
		return
	}
	defer p.Leave()
	p.At("name").Text(v.name)
	PackOptional(p.At("next"), v.next, packPair)
}

func unpackPair(u *Unpacker) pair {
	if !u.Enter() {
		return pair{}
	}
	defer u.Leave()
	return pair{name: u.At("name").Text(), next: UnpackOptional(u.At("next"), unpackPair)}
}

// The bytes are the same in the tests of the Rust runtime.
func TestBytesOfPackedValues(t *testing.T) {
	ab, seven := "ab", uint32(7)
	cases := []struct {
		want string
		pack func(*Packer)
	}{
		{"01", func(p *Packer) { p.Bool(true) }},
		{"feffffff", func(p *Packer) { p.Int32(-2) }},
		{"0807060504030201", func(p *Packer) { p.Uint64(0x0102030405060708) }},
		{"0000c03f", func(p *Packer) { p.Float32(1.5) }},
		{"000000000000f8bf", func(p *Packer) { p.Float64(-1.5) }},
		{"020000006162", func(p *Packer) { p.Text("ab") }},
		{"0100000000", func(p *Packer) { p.Bytes([]byte{0}) }},
		{"ffffffffffffffff0a000000", func(p *Packer) { p.Time(time.Unix(-1, 10)) }},
		{"00ca9a3b00000000", func(p *Packer) { p.Duration(time.Second) }},
		{"00", func(p *Packer) { PackOptional[uint32](p, nil, (*Packer).Uint32) }},
		{"0107000000", func(p *Packer) { PackOptional(p, &seven, (*Packer).Uint32) }},
		{"0200000001000000ffffffff", func(p *Packer) { PackList(p, []int32{1, -1}, (*Packer).Int32) }},
		{"01000000020000006162" + "01", func(p *Packer) {
			PackMap(p, map[string]bool{"ab": true}, (*Packer).Text, (*Packer).Bool)
		}},
		{"01" + "03000000" + "020000006162", func(p *Packer) { p.Tag(3); p.Text(ab) }},
		{"00", (*Packer).None},
		{"00", (*Packer).Empty},
	}
	for i, it := range cases {
		packer := NewPacker()
		it.pack(packer)
		got := hex.EncodeToString(packer.bytes)
		if got != it.want || packer.Err() != nil || packer.Len() != len(it.want)/2 {
			t.Errorf("%d: got %s, %v, want %s", i, got, packer.Err(), it.want)
		}
		packer.Release()
	}
}

func TestAPackerThatIsUsedAgainIsEmpty(t *testing.T) {
	packer := NewPacker()
	packer.At("name").Unknown(3)
	packer.Bytes(make([]byte, maxPooled+1))
	packer.Release()
	for range 10 {
		again := NewPacker()
		if again.Len() != 0 || again.Err() != nil || cap(again.bytes) > maxPooled {
			t.Errorf("%d bytes, %v", again.Len(), again.Err())
		}
		defer again.Release()
	}
}

func TestUnpackingGivesWhatWasPacked(t *testing.T) {
	want := pair{"a", &pair{"grüße", &pair{}}}
	packer := NewPacker()
	defer packer.Release()
	PackMessage(packer, want, packPair)
	PackMap(packer, map[uint32][]byte{7: {1}, 8: nil}, (*Packer).Uint32, (*Packer).Bytes)
	packer.OptionalBytes([]byte{})
	packer.OptionalBytes(nil)
	packer.Float64(math.Pi)
	unpacker := NewUnpacker(packer.bytes)
	if got := UnpackMessage(unpacker, unpackPair); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	entries := UnpackMap(unpacker, (*Unpacker).Uint32, (*Unpacker).Bytes)
	if !reflect.DeepEqual(entries, map[uint32][]byte{7: {1}, 8: nil}) {
		t.Errorf("got %v", entries)
	}
	if there, absent := unpacker.OptionalBytes(), unpacker.OptionalBytes(); there == nil || absent != nil {
		t.Errorf("got %v and %v", there, absent)
	}
	if got := unpacker.Float64(); got != math.Pi || unpacker.Finish() != nil {
		t.Errorf("got %v, %v", got, unpacker.Finish())
	}
}

// unpackMany reads one value of each kind, so that every reader meets what it should not believe.
func unpackMany(u *Unpacker) {
	UnpackList(u.At("pairs"), unpackPair)
	UnpackMap(u.At("sizes"), (*Unpacker).Text, (*Unpacker).Uint64)
	UnpackOptional(u.At("at"), (*Unpacker).Time)
	if u.At("choice").Tag() > 1 {
		u.Unknown(2)
	}
	u.At("nothing").Empty()
	u.At("image").OptionalBytes()
}

func TestWhatBreaksTheContractNamesFieldAndByte(t *testing.T) {
	cases := []struct {
		bytes, want string
	}{
		{"", "pairs: 4 bytes are needed, 0 are left (at byte 0 of 0)"},
		{"ffffffff", "pairs: 4294967295 items cannot be in the 0 bytes that are left (at byte 4 of 4)"},
		{"01000000" + "01000000ff" + "00", "pairs[0].name: not valid UTF-8 at byte 0; pass text as UTF-8, or declare the field as bytes"},
		{"01000000" + "00000000" + "02", "pairs[0].next: 2 is neither 0 nor 1 (at byte 8 of 9)"},
		{"01000000" + "00000000" + "01" + "05000000", "pairs[0].next.name: 5 bytes are needed, 0 are left (at byte 13 of 13)"},
		{"00000000" + "02000000" + strings.Repeat("00000000"+"0000000000000000", 2), "sizes[1]: its key was there before (at byte 24 of 32)"},
		{"00000000" + "00000000" + "01" + "0000000000000000" + "00ca9a3b", "at: 0 s and 1000000000 ns since 1970 are no time between the years 1 and 9999"},
		{"00000000" + "00000000" + "00" + "01" + "00000000", "choice: there is no alternative with the number 0 (at byte 14 of 14)"},
		{"00000000" + "00000000" + "00" + "01" + "02000000", "choice: there is no alternative with the number 2 (at byte 14 of 14)"},
		{"00000000" + "00000000" + "00" + "00" + "01", "nothing: 1 does not stand for an empty message (at byte 11 of 11)"},
		{"00000000" + "00000000" + "00" + "00" + "00" + "00" + "07", "1 bytes are left over (at byte 12 of 13)"},
	}
	for _, it := range cases {
		bytes, err := hex.DecodeString(it.bytes)
		if err != nil {
			t.Fatal(err)
		}
		unpacker := NewUnpacker(bytes)
		unpackMany(unpacker)
		var failure *Error
		if err := unpacker.Finish(); !errors.Is(err, ErrInvalidResponse) || !errors.As(err, &failure) || failure.Message != it.want {
			t.Errorf("got %v, want %s", err, it.want)
		}
	}
}

func TestDepthIsLimited(t *testing.T) {
	tower := func(height int) pair {
		var top pair
		for range height - 1 {
			next := top
			top = pair{next: &next}
		}
		return top
	}
	packer := NewPacker()
	defer packer.Release()
	packPair(packer, tower(maxDepth))
	if packer.Err() != nil || packer.depth != 0 {
		t.Fatal(packer.Err(), packer.depth)
	}
	unpacker := NewUnpacker(packer.bytes)
	if unpackPair(unpacker); unpacker.Finish() != nil {
		t.Error(unpacker.Finish())
	}
	tooHigh := NewPacker()
	defer tooHigh.Release()
	packPair(tooHigh, tower(maxDepth+1))
	if err := tooHigh.Err(); !errors.Is(err, ErrInvalidArgument) || !strings.HasSuffix(err.Error(), "next: "+tooDeep) {
		t.Error(err)
	}
	// The same bytes by hand: an empty name and a next one, again and again.
	unpacker = NewUnpacker([]byte(strings.Repeat("\x00\x00\x00\x00\x01", 10_000)))
	unpackPair(unpacker)
	if err := unpacker.Finish(); err == nil || !strings.Contains(err.Error(), tooDeep) {
		t.Error(err)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("\x01\x00\x00\x00\x02\x00\x00\x00ab\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte(strings.Repeat("\x00\x00\x00\x00\x01", 200)))
	f.Fuzz(func(t *testing.T, bytes []byte) {
		unpacker := NewUnpacker(bytes)
		unpackMany(unpacker)
		if unpacker.next > len(bytes) {
			t.Errorf("read %d of %d bytes", unpacker.next, len(bytes))
		}
		if err := unpacker.Finish(); err == nil && unpacker.next != len(bytes) {
			t.Errorf("%d of %d bytes were believed", unpacker.next, len(bytes))
		}
	})
}
