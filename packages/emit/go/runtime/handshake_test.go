package grout

import (
	"errors"
	"strings"
	"testing"
	"unsafe"
)

// Proves V1, V2 and V4. Expected: each difference is refused, and named with both sides and what to do.
func TestTheHandshakeNamesBothSides(t *testing.T) {
	own := Identity{
		Bindings: "the Go package example.com/pricing-go", Library: "the Rust library pricing_rust",
		ABIMajor: 1, ABIHash: 0xabc, Contract: "0123456789abcdef", Frame: FrameVersion, LinkedFrame: FrameVersion, Layouts: [][2]uintptr{{8, 8}},
	}
	fitting := func() Handshake {
		shake := NewHandshake()
		shake.frameVersion, shake.abiMajor, shake.flags = FrameVersion, 1, flagUnwind|flagDebug
		shake.abiHash, shake.layoutSum, shake.contract = 0xabc, layoutSum(own.Layouts), textOf(t, "fedcba9876543210")
		return shake
	}
	fits := fitting()
	if err := fits.Verify(own); err != nil {
		t.Fatal(err)
	}
	for reason, spoil := range map[string]func(*Handshake){
		"version of the handshake": func(h *Handshake) { h.frameVersion++ },
		"abi_major: 0x1 here, 0x2": func(h *Handshake) { h.abiMajor = 2 },
		"ABI hash: 0xabc here":     func(h *Handshake) { h.abiHash = 1 },
		"layout checksum":          func(h *Handshake) { h.layoutSum++ },
		`panic = "abort"`:          func(h *Handshake) { h.flags = 0 },
	} {
		shake := fitting()
		spoil(&shake)
		err := shake.Verify(own)
		if !errors.Is(err, ErrHandshake) {
			t.Errorf("%s: got %v", reason, err)
			continue
		}
		for _, part := range []string{reason, own.Bindings, own.Library, "nx sync"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not mention %q", err, part)
			}
		}
	}
}

var rustFeatures [2]text

func TestAFeatureOfTheProgramMustBeOneOfTheLibrary(t *testing.T) {
	shake := NewHandshake()
	shake.frameVersion, shake.flags, shake.layoutSum = FrameVersion, flagUnwind, layoutSum(nil)
	// Rust's list stays where it is; one on this stack would move with it.
	rustFeatures = [2]text{textOf(t, "avx"), textOf(t, "simd")}
	shake.features = texts{address: uintptr(unsafe.Pointer(&rustFeatures)), length: uintptr(len(rustFeatures))}
	own := Identity{Frame: FrameVersion, LinkedFrame: FrameVersion, Features: []Feature{{"simd", true}, {"avx", false}, {"gpu", false}}}
	if err := shake.Verify(own); err != nil {
		t.Fatal(err)
	}
	own.Features = []Feature{{"simd", true}, {"gpu", true}, {"tls", true}}
	err := shake.Verify(own)
	if !errors.Is(err, ErrHandshake) || !strings.Contains(err.Error(), "built with gpu,tls, the library without") ||
		!strings.Contains(err.Error(), "--features=gpu,tls") {
		t.Errorf("got %v", err)
	}
}

func TestAnUnansweredHandshakeIsRefused(t *testing.T) {
	shake := NewHandshake()
	if err := shake.Verify(Identity{Frame: FrameVersion, LinkedFrame: FrameVersion}); !errors.Is(err, ErrHandshake) {
		t.Errorf("got %v", err)
	}
}

// Proves V3. Expected: the frame is named, though nothing else was answered.
func TestALibraryWithAnotherFrameIsRefused(t *testing.T) {
	shake := NewHandshake()
	err := shake.Verify(Identity{Frame: FrameVersion, LinkedFrame: FrameVersion + 1})
	if !errors.Is(err, ErrHandshake) || !strings.Contains(err.Error(), "version of the call frame: 0x3 here, 0x4 there") {
		t.Errorf("got %v", err)
	}
}
