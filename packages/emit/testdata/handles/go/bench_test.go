//go:build cgo && !grout_mock

package docindex

import "testing"

func init() {
	boundaryBenchmarks.IndexGet = func(b *testing.B, receiver *Index) GetRequest {
		if _, err := receiver.Put(b.Context(), PutRequest{Key: "key", Document: []byte("document")}); err != nil {
			b.Fatal(err)
		}
		return GetRequest{Key: "key"}
	}
	boundaryBenchmarks.CursorNext = func(*testing.B, *Cursor) NextRequest { return NextRequest{} }
}
