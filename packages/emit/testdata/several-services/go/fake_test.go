//go:build grout_mock

package shop

import (
	"errors"
	"testing"

	grout "example.com/acme/grout-go"
)

func TestClientsConnectToTheFakes(t *testing.T) {
	catalog, err := NewCatalogClient()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := catalog.Find(t.Context(), FindRequest{}); !errors.Is(err, grout.ErrUnimplemented) {
		t.Errorf("got %v", err)
	}
	pricing, err := NewPricingClient()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pricing.Find(t.Context(), FindRequest{}); !errors.Is(err, grout.ErrUnimplemented) {
		t.Errorf("got %v", err)
	}
}
