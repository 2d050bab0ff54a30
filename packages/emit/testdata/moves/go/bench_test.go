//go:build !grout_mock && cgo

package depot

import (
	"context"
	"testing"
)

func init() {
	boundaryBenchmarks.Watcher = func(*testing.B) Watcher {
		return &MockWatcher{OnHandedFunc: func(context.Context, Handed) (Seen, error) { return Seen{}, nil }}
	}
}
