//go:build cgo && !grout_mock

package catalog

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// Proves L4 to L6, L11 and L12 of values that nobody chose. Expected: what goes to Rust and back is as it was: it is packed
// to the same bytes.
func TestRandomProductsCross(t *testing.T) {
	client := connected(t)
	codec := boundaryCodecs["catalog.v1.Product"]
	rapid.Check(t, func(t *rapid.T) {
		product := boundaryGenProduct().Draw(t, "product")
		got, err := client.Echo(t.Context(), product)
		if err != nil {
			t.Fatal(err)
		}
		sent, err := codec.Pack(product)
		if err != nil {
			t.Fatal(err)
		}
		if came, err := codec.Pack(got); err != nil || !bytes.Equal(came, sent) {
			t.Fatalf("got %+v, which is packed to %x, %v, want %x", got, came, err, sent)
		}
	})
}
