//go:build !grout_mock && cgo

package depot

import (
	"context"
	"testing"
)

func init() {
	boundaryFixtures.Watcher = func(testing.TB) Watcher {
		return &MockWatcher{OnHandedFunc: func(context.Context, Handed) (Seen, error) { return Seen{}, nil }}
	}
	boundaryFixtures.Bin = func(t testing.TB) *Bin {
		bin, err := connected(t).Open(t.Context(), OpenRequest{})
		if err != nil {
			t.Fatal(err)
		}
		return bin
	}
	boundaryCallers.Watcher = func(t testing.TB, object Watcher) error {
		body, err := NewBuffer(3)
		if err != nil {
			t.Fatal(err)
		}
		_, err = connected(t).Hand(t.Context(), HandRequest{Body: body}, object)
		return err
	}
}
