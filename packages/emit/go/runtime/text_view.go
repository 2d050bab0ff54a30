package grout

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// TextView shows a text that lives in Rust, without a copy; it is UTF-8. All else that is said of a [View] holds for it.
type TextView struct {
	// A struct, so that no view of bytes is converted to one: nobody would have looked whether they are UTF-8.
	view View
}

// textViewOf makes a view of a text of one that shows UTF-8.
func textViewOf(v *View) *TextView {
	// The one field of a TextView is where the TextView is; nil stays nil.
	return (*TextView)(unsafe.Pointer(v))
}

func (v *TextView) bytes() *View {
	if v == nil {
		return nil
	}
	return &v.view
}

// NewTextView makes a view of a text of Go, for what stands in for Rust in tests. It needs no Release.
func NewTextView(text string) *TextView {
	return textViewOf(NewView(unsafe.Slice(unsafe.StringData(text), len(text))))
}

// TextView makes a view of what Rust vouches to be UTF-8, as View does.
func (f *ForeignView) TextView(opening *Opening, field string, free func(owner uintptr)) *TextView {
	return textViewOf(f.View(opening, field, free))
}

// Text is the text, where Rust has it: a string that is there until Release, unlike any other of Go. Do not keep it, and
// no part of it, in a map or a struct: Clone makes one to keep. It panics with an error that is [ErrClosed] when the view
// was released. Keep the view until then: what is only reachable through the text counts as forgotten.
func (v *TextView) Text() string {
	bytes := v.bytes().Bytes()
	return unsafe.String(unsafe.SliceData(bytes), len(bytes))
}

// Len is the number of the text's bytes, also after Release.
func (v *TextView) Len() int {
	return v.bytes().Len()
}

// Clone copies the text, so that it outlives the view. It panics as Text does.
func (v *TextView) Clone() string {
	return strings.Clone(v.Text())
}

// Release gives the text back. A second time it fails with [ErrClosed], and does nothing.
func (v *TextView) Release() error {
	return v.bytes().Release()
}

// String says how long the text is, and none of it: what formats a view by itself must not keep what goes away.
func (v *TextView) String() string {
	return fmt.Sprintf("view of a text of %d bytes", v.Len())
}

// Format writes what String says, with every verb.
func (v *TextView) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, v.String())
}

// MarshalText is what String says, for logs and JSON.
func (v *TextView) MarshalText() ([]byte, error) {
	return []byte(v.String()), nil
}

// TextView copies a view, as if it came from Rust, which has no other text than UTF-8.
func (c *Copier) TextView(v *TextView, field string) *TextView {
	if text := c.shown(v.bytes()); !utf8.Valid(text) {
		c.fail(notUTF8(invalidUTF8(text)))
	}
	return textViewOf(c.View(v.bytes(), field))
}

// TextView packs the text of a view.
func (p *Packer) TextView(v *TextView) {
	p.Text(v.Text())
}

// TextView unpacks a view, or a text as one of Go's own. field is its name in the contract.
func (u *Unpacker) TextView(field string) *TextView {
	if u.views == nil {
		return NewTextView(u.Text())
	}
	return textViewOf(u.View(field))
}
