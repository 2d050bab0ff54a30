package grout

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
)

// Vectors are messages and their packed bytes, which the tests of both sides check. For generated tests.
type Vectors struct {
	Accepted []Vector `json:"accepted"`
	Refused  []Vector `json:"refused"`
}

// Vector is the packed bytes of a message, or bytes that are refused.
type Vector struct {
	Message string `json:"message"`
	Name    string `json:"name"`
	Bytes   string `json:"bytes"`
	// Error is what both sides say of what they refuse; empty where only that they do is checked.
	Error string `json:"error"`
}

// ReadVectors reads the file of vectors that has the digest, the start of its SHA-256. The digest makes a test another
// one when the file is: go test remembers results, and does not look at files beyond the module.
func ReadVectors(path, digest string) (Vectors, error) {
	var vectors Vectors
	text, err := os.ReadFile(path)
	if err != nil {
		return vectors, err
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(text)); digest == "" || !strings.HasPrefix(sum, digest) {
		return vectors, fmt.Errorf("%s has the digest %.16s, but these tests were generated with %s: run nx sync", path, sum, digest)
	}
	return vectors, json.Unmarshal(text, &vectors)
}

// Codec packs and unpacks the messages of one type. For generated tests.
type Codec struct {
	pack   func(*Packer, any)
	unpack func(*Unpacker) any
}

// CodecOf makes a codec of a type's functions.
func CodecOf[T any](pack func(*Packer, T), unpack func(*Unpacker) T) Codec {
	return Codec{
		pack:   func(p *Packer, v any) { pack(p, v.(T)) },
		unpack: func(u *Unpacker) any { return unpack(u) },
	}
}

// Pack packs a message, maps in the order of their keys.
func (c Codec) Pack(message any) ([]byte, error) {
	packer := NewPacker()
	defer packer.Release()
	packer.sorts = true
	c.pack(packer, message)
	return bytes.Clone(packer.bytes), packer.Err()
}

// Unpack unpacks a message from all of the bytes.
func (c Codec) Unpack(packed []byte) (any, error) {
	unpacker := NewUnpacker(bytes.Clone(packed))
	message := c.unpack(unpacker)
	return message, unpacker.Finish()
}

// CheckBytes reports bytes that are neither refused nor the only ones of their message, but for the order of maps.
func (c Codec) CheckBytes(t TestingT, packed []byte) {
	t.Helper()
	message, err := c.Unpack(packed)
	if err != nil {
		if !errors.Is(err, ErrInvalidResponse) {
			t.Errorf("%x is refused with %v, want INVALID_RESPONSE", packed, err)
		}
		return
	}
	again, err := c.Pack(message)
	if err != nil || len(again) != len(packed) {
		t.Errorf("%x is unpacked to %+v, which is packed to %x, %v", packed, message, again, err)
		return
	}
	sorted, err := c.Unpack(again)
	if err != nil {
		t.Errorf("%x, which is packed of %+v, is refused: %v", again, message, err)
		return
	}
	if twice, _ := c.Pack(sorted); !bytes.Equal(twice, again) {
		t.Errorf("%x is unpacked and packed to %x", again, twice)
	}
}

// CheckAccepted reports vectors that are not unpacked to their value, or their value not packed to them. What values
// lacks is only unpacked and packed again.
func (v Vectors) CheckAccepted(t TestingT, codecs map[string]Codec, values map[string]any) {
	t.Helper()
	left := maps.Clone(values)
	for _, vector := range v.Accepted {
		name := vector.Message + ": " + vector.Name
		codec, isKnown := codecs[vector.Message]
		packed, err := hex.DecodeString(vector.Bytes)
		if err != nil || !isKnown {
			t.Errorf("%s cannot be read: its message is known: %t, its bytes: %v", name, isKnown, err)
			continue
		}
		message, err := codec.Unpack(packed)
		if err != nil {
			t.Errorf("%s is refused: %v", name, err)
			continue
		}
		want, hasValue := left[name]
		delete(left, name)
		if hasValue && !reflect.DeepEqual(message, want) {
			t.Errorf("%s is unpacked to\n%#v, want\n%#v", name, message, want)
		}
		if !hasValue {
			want = message
		}
		if got, err := codec.Pack(want); err != nil || !bytes.Equal(got, packed) {
			t.Errorf("%s is packed to\n%x, %v, want\n%x", name, got, err, packed)
		}
	}
	for name := range left {
		t.Errorf("there is no vector %s", name)
	}
}

// CheckRefused reports vectors that are not refused, or in other words than they say.
func (v Vectors) CheckRefused(t TestingT, codecs map[string]Codec) {
	t.Helper()
	for _, vector := range v.Refused {
		name := vector.Message + ": " + vector.Name
		codec, isKnown := codecs[vector.Message]
		packed, err := hex.DecodeString(vector.Bytes)
		if err != nil || !isKnown {
			t.Errorf("%s cannot be read: its message is known: %t, its bytes: %v", name, isKnown, err)
			continue
		}
		message, err := codec.Unpack(packed)
		var failure *Error
		switch {
		case !errors.Is(err, ErrInvalidResponse) || !errors.As(err, &failure):
			t.Errorf("%s is not refused, but unpacked to %+v, %v", name, message, err)
		case vector.Error != "" && failure.Message != vector.Error:
			t.Errorf("%s is refused with\n%s, want\n%s", name, failure.Message, vector.Error)
		}
	}
}

// Seeds are the bytes of all vectors of a message, to start fuzzing from.
func (v Vectors) Seeds(message string) [][]byte {
	var seeds [][]byte
	for _, vector := range slices.Concat(v.Accepted, v.Refused) {
		if packed, err := hex.DecodeString(vector.Bytes); err == nil && vector.Message == message {
			seeds = append(seeds, packed)
		}
	}
	return seeds
}

// sortedKeys are the keys in the order that Rust's BTreeMap has.
func sortedKeys[K comparable, V any](entries map[K]V) []K {
	return slices.SortedFunc(maps.Keys(entries), func(a, b K) int { return compareKeys(a, b) })
}

func compareKeys(a, b any) int {
	switch a := a.(type) {
	case bool:
		if a == b.(bool) {
			return 0
		}
		if a {
			return 1
		}
		return -1
	case int32:
		return cmp.Compare(a, b.(int32))
	case int64:
		return cmp.Compare(a, b.(int64))
	case uint32:
		return cmp.Compare(a, b.(uint32))
	case uint64:
		return cmp.Compare(a, b.(uint64))
	case string:
		return cmp.Compare(a, b.(string))
	}
	panic(fmt.Sprintf("%T is no type of a key", a))
}
