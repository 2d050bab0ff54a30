package grout

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"
)

const (
	flagUnwind = 1
	flagDebug  = 2
)

// Handshake is what the Rust side says about itself. It mirrors grout_handshake of the C header. For generated code.
type Handshake struct {
	size         uint32
	frameVersion uint32
	abiMajor     uint32
	flags        uint32
	abiHash      uint64
	layoutSum    uint64
	contract     text
	features     texts
}

// NewHandshake makes the struct that the Rust side fills.
func NewHandshake() Handshake {
	return Handshake{size: uint32(unsafe.Sizeof(Handshake{}))}
}

// Identity is what the generated Go side knows about itself. For generated code.
type Identity struct {
	// Bindings names the Go side, e.g. "the Go package example.com/acme/pricing-go".
	Bindings string
	// Library names the Rust side, e.g. "the Rust library pricing_rust".
	Library string
	// Frame is the version of the frame that the bindings were generated for.
	Frame uint8
	// ABIMajor is abi_major of the contract's services.
	ABIMajor uint32
	// ABIHash is the hash of everything in the contract that the ABI depends on.
	ABIHash uint64
	// Contract is the digest of the contract's text.
	Contract string
	// LinkedFrame is the value of the library's ABI symbol: the version of the frame that it was built with. Reading it
	// also makes the program depend on the symbol, so that a library with another ABI does not link.
	LinkedFrame uint8
	// Layouts has the size and the alignment of each struct of a method: the results of Rust's, then request and response of
	// Go's, in the order of the contract.
	Layouts [][2]uintptr
	// Features are what the two sides can be built with.
	Features []Feature
}

// Feature is something that both sides can be built with or without. For generated code.
type Feature struct {
	// Name is its name in grout.toml, or that of the cargo feature.
	Name string
	// IsOn says whether this program was built with it.
	IsOn bool
}

// Verify compares what the Rust side said with what this side expects. The error names both sides.
func (h *Handshake) Verify(own Identity) error {
	differences := []struct {
		what       string
		want, have uint64
	}{
		{"version of the call frame", uint64(own.Frame), uint64(own.LinkedFrame)},
		{"version of the handshake", uint64(own.Frame), uint64(h.frameVersion)},
		{"abi_major", uint64(own.ABIMajor), uint64(h.abiMajor)},
		{"ABI hash", own.ABIHash, h.abiHash},
		{"layout checksum", layoutSum(own.Layouts), h.layoutSum},
	}
	for _, it := range differences {
		if it.want != it.have {
			return h.refuse(own, fmt.Sprintf("%s: %#x here, %#x there", it.what, it.want, it.have), rebuild)
		}
	}
	if h.flags&flagUnwind == 0 {
		return h.refuse(own, `it was built with panic = "abort", so that a panic would end this process; `+
			`remove that line from the Cargo profile`, rebuild)
	}
	if err := h.verifyFeatures(own); err != nil {
		return err
	}
	if h.flags&flagDebug != 0 {
		linksDebugLibrary.Store(true)
	}
	return nil
}

var linksDebugLibrary atomic.Bool

// LinksDebugLibrary says whether a library that this program has connected to was built for debugging. For generated
// benchmarks.
func LinksDebugLibrary() bool {
	return linksDebugLibrary.Load()
}

const rebuild = "run nx sync, then build both sides again"

// verifyFeatures refuses a library that lacks what this program counts on. One that has more is welcome: another
// program, or another crate of this one, may have asked for it.
func (h *Handshake) verifyFeatures(own Identity) error {
	there := h.features.copy()
	var missing []string
	for _, feature := range own.Features {
		if feature.IsOn && !slices.Contains(there, feature.Name) {
			missing = append(missing, feature.Name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	names := strings.Join(missing, ",")
	return h.refuse(own, "this program was built with "+names+", the library without",
		"build both sides with the same features: nx build with --features="+names)
}

func (h *Handshake) refuse(own Identity, reason, hint string) error {
	message := fmt.Sprintf("%s (contract %.12s) and %s (%s, contract %.12s) do not fit together: %s",
		own.Bindings, own.Contract, own.Library, h.profile(), h.digest(), reason)
	failure := ErrHandshake.New(message)
	failure.Hint = hint
	return failure
}

func (h *Handshake) profile() string {
	if h.flags&flagDebug != 0 {
		return "debug build"
	}
	return "release build"
}

// digest of the Rust side; unknown when its struct is not the one known here, and must not be followed.
func (h *Handshake) digest() string {
	if h.frameVersion != FrameVersion {
		return "unknown"
	}
	return h.contract.copy()
}

// layoutSum is FNV-1a over the layouts of the structs that cross; the Rust side computes the same of its own.
func layoutSum(layouts [][2]uintptr) uint64 {
	own := [][2]uintptr{
		{unsafe.Sizeof(Call{}), unsafe.Alignof(Call{})},
		{unsafe.Sizeof(Failure{}), unsafe.Alignof(Failure{})},
		{unsafe.Sizeof(Handshake{}), unsafe.Alignof(Handshake{})},
		{unsafe.Sizeof(Tail{}), unsafe.Alignof(Tail{})},
		{unsafe.Sizeof(InlineTail{}), unsafe.Alignof(InlineTail{})},
		{unsafe.Sizeof(Invocation{}), unsafe.Alignof(Invocation{})},
	}
	sum := uint64(0xcbf29ce484222325)
	for _, layout := range append(own, layouts...) {
		for _, number := range layout {
			sum = (sum ^ uint64(number)) * 0x100000001b3
		}
	}
	return sum
}
