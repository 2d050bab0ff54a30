//go:build cgo && !grout_mock

package docindex

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The fake keeps nothing.

func TestWhatIsPutIsThereAfterwards(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	for _, want := range []string{"", "first", "second"} {
		index, err := connected(t).Open(t.Context(), OpenRequest{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		if want != "" {
			put(t, index, want, "kept")
		}
		entries, err := index.Scan(t.Context(), ScanRequest{})
		if err != nil {
			t.Fatal(err)
		}
		if err := index.Close(); err != nil {
			t.Fatal(err)
		}
		if want == "second" && len(entries.Entries) != 2 {
			t.Errorf("got %+v, want both", entries.Entries)
		}
	}
}

func TestADamagedFileIsNoIndex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	if err := os.WriteFile(path, []byte("plain text, not an index"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := connected(t).Open(t.Context(), OpenRequest{Path: path}); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
	if _, err := os.Stat(path + ".lock"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an index that was not opened is locked: %v", err)
	}
}
