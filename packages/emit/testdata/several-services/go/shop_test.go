//go:build cgo && !grout_mock

package shop

import (
	"context"
	"errors"
	"strings"
	"testing"

	grout "example.com/acme/grout-go"
)

type tenth struct{}

func (tenth) Off(_ context.Context, price Money) (Money, error) {
	if price.Cents == 0 {
		return Money{}, ErrUnknownProduct.New("nothing to discount").With("name", "nothing")
	}
	return Money{Cents: price.Cents / 10}, nil
}

func clients(t *testing.T) (*CatalogClient, *PricingClient) {
	t.Helper()
	catalog, err := NewCatalogClient()
	if err != nil {
		t.Fatal(err)
	}
	pricing, err := NewPricingClient()
	if err != nil {
		t.Fatal(err)
	}
	return catalog, pricing
}

func TestEachServiceHasItsOwnMethodOfTheSameName(t *testing.T) {
	catalog, pricing := clients(t)
	product, err := catalog.Find(t.Context(), FindRequest{Name: "pear"})
	if err != nil || product.Name != "pear" {
		t.Errorf("got %+v, %v", product, err)
	}
	found, err := pricing.Find(t.Context(), FindRequest{Name: "pear"})
	if err != nil || found.Price == nil || found.Price.Cents != product.Price.Cents {
		t.Errorf("got %+v, %v", found, err)
	}
}

func TestServicesShareErrors(t *testing.T) {
	catalog, pricing := clients(t)
	_, ofCatalog := catalog.Find(t.Context(), FindRequest{Name: "kiwi"})
	_, ofPricing := pricing.Find(t.Context(), FindRequest{Name: "kiwi"})
	_, ofGo := pricing.Haggle(t.Context(), HaggleRequest{}, tenth{})
	for method, err := range map[string]error{"Catalog.Find": ofCatalog, "Pricing.Find": ofPricing, "Pricing.Haggle": ofGo} {
		if !errors.Is(err, ErrUnknownProduct) || !strings.Contains(err.Error(), method) {
			t.Errorf("%s: got %v", method, err)
		}
	}
}

// Proves O15, an object is called by methods of any service, and O2 of them. Expected: what is in the basket; CLOSED.
func TestAnObjectOfOneServiceIsCalledByMethodsOfOthers(t *testing.T) {
	catalog, _ := clients(t)
	basket, err := catalog.Fill(t.Context(), FillRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"apple", "pear"} {
		if _, err := basket.Put(t.Context(), PutRequest{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	total, err := basket.Total(t.Context(), TotalRequest{}, tenth{})
	if err != nil || total.Total == nil || total.Total.Cents != 108 {
		t.Errorf("got %+v, %v", total.Total, err)
	}
	list, err := basket.List(t.Context(), ListRequest{})
	if err != nil || len(list.Products) != 2 {
		t.Errorf("got %+v, %v", list, err)
	}
	if err := basket.Close(); err != nil {
		t.Error(err)
	}
	if _, err := basket.Total(t.Context(), TotalRequest{}, tenth{}); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// What may cross of a panic is for each service to say.
func TestEachServiceKeepsItsOwnSecrets(t *testing.T) {
	catalog, pricing := clients(t)
	_, told := catalog.Find(t.Context(), FindRequest{Name: "cellar"})
	_, kept := pricing.Find(t.Context(), FindRequest{Name: "cellar"})
	if !errors.Is(told, grout.ErrPanic) || !strings.Contains(told.Error(), "nobody goes down there") {
		t.Errorf("got %v", told)
	}
	if !errors.Is(kept, grout.ErrPanic) || strings.Contains(kept.Error(), "nobody goes down there") {
		t.Errorf("got %v", kept)
	}
}
