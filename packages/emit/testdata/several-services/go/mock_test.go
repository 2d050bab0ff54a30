package shop

import "testing"

func TestEachServiceHasAMock(t *testing.T) {
	catalog, pricing := NewMockCatalog(t), NewMockPricing(t)
	catalog.ExpectFind(FindRequest{Name: "apple"}).Return(Product{Name: "apple"}, nil)
	pricing.ExpectFind(FindRequest{Name: "apple"}).Return(FindPriceResponse{Price: &Money{Cents: 1}}, nil)
	product, err := NewCatalogClientWith(catalog).Find(t.Context(), FindRequest{Name: "apple"})
	if err != nil || product.Name != "apple" {
		t.Errorf("got %+v, %v", product, err)
	}
	found, err := NewPricingClientWith(pricing).Find(t.Context(), FindRequest{Name: "apple"})
	if err != nil || found.Price == nil || found.Price.Cents != 1 {
		t.Errorf("got %+v, %v", found, err)
	}
}
