//go:build cgo && !grout_mock

package docindex

import "testing"

func init() {
	boundaryFixtures.Index = func(t testing.TB) *Index { return opened(t) }
	boundaryFixtures.Cursor = func(t testing.TB) *Cursor {
		index := opened(t)
		t.Cleanup(func() { closed(t, index) })
		cursor, err := index.Walk(t.Context(), WalkRequest{})
		if err != nil {
			t.Fatal(err)
		}
		return cursor
	}
}
