package grout

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
)

// View shows bytes that live in Rust, without a copy. Release it when nobody looks at them any more: until then Rust
// keeps them. A nil View has no bytes, and needs no Release. Several goroutines may use one View; that none of them looks
// at the bytes after Release is for them to agree on.
type View struct {
	memory region
	live   *bytesState
}

// bytesState outlives a View, or the memory of a Buffer, so that one that is forgotten can be reported. What says closed
// is released, or given away.
type bytesState struct {
	objectState
	// owner is what free gives back; free is nil where nothing is to be.
	owner uintptr
	free  func(owner uintptr)
}

// NewView makes a view of bytes of Go, for what stands in for Rust in tests. It needs no Release, and is read only.
func NewView(bytes []byte) *View {
	if len(bytes) == 0 {
		return nil
	}
	return &View{memory: region{own: bytes}}
}

// ForeignView mirrors grout_view of the C header. For generated code.
type ForeignView struct {
	address uintptr
	length  uintptr
	owner   uintptr
}

// View makes a view of it, which gives the owner back to free once. opening is that of its response, field is its name in
// the contract.
func (f *ForeignView) View(opening *Opening, field string, free func(owner uintptr)) *View {
	if f.owner == 0 {
		return nil
	}
	opening.walk(0)
	return trackedView(opening, field, "Rust", f.region(), f.owner, free)
}

func (f *ForeignView) region() region {
	return region{address: f.address, length: f.length}
}

func trackedView(
	opening *Opening, field, side string, memory region, owner uintptr, free func(owner uintptr),
) *View {
	live := &bytesState{owner: owner, free: free}
	live.live = LiveObject{Type: field, Owner: side, Holder: "Go", FreedBy: "Release", Threads: "any"}
	live.opening = *opening
	live.open()
	shown := &View{memory: memory, live: live}
	live.cleanup = runtime.AddCleanup(shown, (*bytesState).forgotten, live)
	return shown
}

// Bytes are the bytes, valid until Release and not to be written. It panics with an error that is [ErrClosed] when the
// view was released. Keep the view until then: what is only reachable through these bytes counts as forgotten.
func (v *View) Bytes() []byte {
	if v == nil {
		return nil
	}
	if v.isReleased() {
		panic(v.errReleased())
	}
	return v.memory.bytes()
}

func (v *View) isReleased() bool {
	return v != nil && v.live != nil && v.live.closed.Load()
}

// Len is the number of the bytes, also after Release.
func (v *View) Len() int {
	if v == nil {
		return 0
	}
	return v.memory.len()
}

// Clone copies the bytes, so that they outlive the view. It panics as Bytes does.
func (v *View) Clone() []byte {
	return bytes.Clone(v.Bytes())
}

// Release gives the bytes back. A second time it fails with [ErrClosed], and does nothing.
func (v *View) Release() error {
	if v == nil || v.live == nil {
		return nil
	}
	defer runtime.KeepAlive(v)
	if v.live.closed.Swap(true) {
		return v.errReleased()
	}
	v.memory.spoil()
	v.live.release()
	return nil
}

// String says how many bytes there are, and none of them.
func (v *View) String() string {
	return fmt.Sprintf("view of %d bytes", v.Len())
}

// Format writes what String says, with every verb.
func (v *View) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, v.String())
}

// MarshalText is what String says, for logs and JSON.
func (v *View) MarshalText() ([]byte, error) {
	return []byte(v.String()), nil
}

func (v *View) errReleased() error {
	return ErrClosed.New(v.releasedText())
}

func (v *View) releasedText() string {
	return "this view of " + v.live.live.Type + " is released"
}

// release gives the bytes back, once.
func (s *bytesState) release() {
	s.untrack()
	if s.free != nil {
		s.free(s.owner)
	}
}

// forgotten reports bytes that are gone without Release. They stay where they are: somebody may still look at them, or
// write to them.
func (s *bytesState) forgotten() {
	if s.closed.Swap(true) {
		return
	}
	s.forget()
	reportLeak(Leak{LiveObject: s.live, IsKept: true})
}

// View copies a view, as if it came from Rust: it is to be released. field is its name in the contract.
func (c *Copier) View(v *View, field string) *View {
	return c.view(v, field, 1)
}

func (c *Copier) view(v *View, field string, align int) *View {
	bytes := c.shown(v)
	if len(bytes) == 0 || c.failed() {
		return nil
	}
	c.opening.walkBeyond(".(*MockMethod[...]).Serve")
	shown := trackedView(&c.opening, field, "Go", region{own: AlignedClone(bytes, align)}, 0, nil)
	c.views = append(c.views, shown)
	return shown
}

// shown are the bytes of a view that is to be copied; it refuses one that is released.
func (c *Copier) shown(v *View) []byte {
	if v.isReleased() {
		c.fail(v.releasedText())
		return nil
	}
	return v.Bytes()
}

// View packs the bytes of a view.
func (p *Packer) View(v *View) {
	p.Bytes(v.Bytes())
}

// View unpacks a view, or bytes as one of Go's own. field is its name in the contract.
func (u *Unpacker) View(field string) *View {
	if u.views == nil {
		return NewView(u.Bytes())
	}
	return u.views.unpack(u, field)
}
