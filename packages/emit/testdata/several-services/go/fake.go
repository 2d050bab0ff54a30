//go:build grout_mock

package shop

func newFakeCatalog() Catalog {
	return &MockCatalog{}
}

func newFakePricing() Pricing {
	return &MockPricing{}
}
