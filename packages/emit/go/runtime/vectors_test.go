package grout

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// catalogue is a message with one map, packed right or, when it is swapped, wrong.
type catalogue struct {
	left, right int32
	sizes       map[string]bool
}

func packCatalogue(p *Packer, v catalogue) {
	p.At("left").Int32(v.left)
	p.At("right").Int32(v.right)
	PackMap(p.At("sizes"), v.sizes, (*Packer).Text, (*Packer).Bool)
}

func unpackCatalogue(u *Unpacker) catalogue {
	return catalogue{
		left:  u.At("left").Int32(),
		right: u.At("right").Int32(),
		sizes: UnpackMap(u.At("sizes"), (*Unpacker).Text, (*Unpacker).Bool),
	}
}

func readVectors(t *testing.T) Vectors {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vectors.json")
	text := `{"accepted": [
		{"message": "Catalogue", "name": "full", "bytes": "` +
		`0100000002000000` + `02000000` + `01000000` + `6100` + `01000000` + `6201"}
	], "refused": [
		{"message": "Catalogue", "name": "twice", "bytes": "` +
		`0100000002000000` + `02000000` + `01000000` + `6100` + `01000000` + `6100",
			"error": "sizes[1]: its key was there before (at byte 23 of 24)"},
		{"message": "Catalogue", "name": "short", "bytes": "00"}
	]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	if _, err := ReadVectors(path, "0123456789abcdef"); err == nil || !strings.Contains(err.Error(), digest[:16]+", but") {
		t.Errorf("another file than the tests were generated with: got %v", err)
	}
	vectors, err := ReadVectors(path, digest[:16])
	if err != nil || len(vectors.Accepted) != 1 || len(vectors.Refused) != 2 {
		t.Fatal(vectors, err)
	}
	return vectors
}

func TestVectorsTellRightFromWrong(t *testing.T) {
	vectors := readVectors(t)
	right := map[string]Codec{"Catalogue": CodecOf(packCatalogue, unpackCatalogue)}
	swapped := map[string]Codec{"Catalogue": CodecOf(
		func(p *Packer, v catalogue) { packCatalogue(p, catalogue{v.right, v.left, v.sizes}) },
		func(u *Unpacker) catalogue {
			v := unpackCatalogue(u)
			return catalogue{v.right, v.left, v.sizes}
		},
	)}
	believing := map[string]Codec{"Catalogue": CodecOf(packCatalogue, func(*Unpacker) catalogue { return catalogue{} })}
	values := map[string]any{"Catalogue: full": catalogue{1, 2, map[string]bool{"b": true, "a": false}}}
	cases := []struct {
		name   string
		check  func(TestingT)
		report string
	}{
		{"right", func(t TestingT) { vectors.CheckAccepted(t, right, values) }, ""},
		{"right without its value", func(t TestingT) { vectors.CheckAccepted(t, right, nil) }, ""},
		{"swapped", func(t TestingT) { vectors.CheckAccepted(t, swapped, values) }, "Catalogue: full is unpacked to"},
		{"unknown", func(t TestingT) { vectors.CheckAccepted(t, nil, nil) }, "its message is known: false"},
		{"a value too many", func(t TestingT) { vectors.CheckAccepted(t, right, map[string]any{"x": 1}) }, "there is no vector x"},
		{"refused", func(t TestingT) { vectors.CheckRefused(t, right) }, ""},
		{"believed", func(t TestingT) { vectors.CheckRefused(t, believing) }, "refused with\n24 bytes are left over"},
	}
	for _, it := range cases {
		var got reports
		it.check(&got)
		if it.report == "" && len(got) > 0 || it.report != "" && !strings.Contains(strings.Join(got, "\n"), it.report) {
			t.Errorf("%s: got %q, want %q", it.name, got, it.report)
		}
	}
}

func TestBytesAreCheckedWhateverTheOrderOfTheirMap(t *testing.T) {
	codec := CodecOf(packCatalogue, unpackCatalogue)
	seeds := readVectors(t).Seeds("Catalogue")
	if len(seeds) != 3 {
		t.Fatal(seeds)
	}
	backwards := bytes.Clone(seeds[0])
	copy(backwards[12:], slices.Concat(seeds[0][18:24], seeds[0][12:18]))
	var none reports
	codec.CheckBytes(&none, seeds[0])
	codec.CheckBytes(&none, backwards)
	codec.CheckBytes(&none, seeds[1])
	if len(none) != 0 {
		t.Error(none)
	}
	var one reports
	CodecOf(packCatalogue, func(u *Unpacker) catalogue {
		u.take(len(u.bytes))
		return catalogue{}
	}).CheckBytes(&one, seeds[0])
	if len(one) != 1 {
		t.Error(one)
	}
}

func TestKeysAreInTheOrderOfRust(t *testing.T) {
	if got := sortedKeys(map[bool]int{true: 1, false: 0}); !slices.Equal(got, []bool{false, true}) {
		t.Error(got)
	}
	if got := sortedKeys(map[string]int{"ß": 1, "": 0, "z": 2}); !slices.Equal(got, []string{"", "z", "ß"}) {
		t.Error(got)
	}
	if got := sortedKeys(map[int64]int{3: 1, -1: 0}); !slices.Equal(got, []int64{-1, 3}) {
		t.Error(got)
	}
	if !slices.IsSorted(sortedKeys(map[uint64]int{9: 1, 1 << 63: 0, 1: 1})) {
		t.Error("not sorted")
	}
}
