//go:build grout_mock

package vault

import (
	"errors"
	"testing"
)

func TestNewConnectsToTheFake(t *testing.T) {
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Open(t.Context(), OpenRequest{}); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
}
