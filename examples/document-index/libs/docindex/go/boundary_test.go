//go:build cgo && !grout_mock

package docindex

import "testing"

// What the generated tests and benchmarks need to open an index and a subscription, and to have Rust call a watcher.
func init() {
	boundaryFixtures.Index = func(t testing.TB) *Index { return open(t) }
	boundaryFixtures.Subscription = func(t testing.TB) *Subscription {
		return subscribed(t, opened(t), "", &recorder{})
	}
	boundaryCallers.Watcher = func(t testing.TB, watcher Watcher) error {
		index := open(t)
		defer index.Close()
		defer subscribed(t, index, "", watcher).Close()
		_, err := index.Put(t.Context(), PutRequest{Key: "key"})
		return err
	}
}
