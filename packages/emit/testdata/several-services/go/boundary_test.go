//go:build cgo && !grout_mock

package shop

import "testing"

// A basket has no function here: an empty request opens one, and the suite calls what it refuses.
func init() {
	boundaryCallers.Discounts = func(t testing.TB, object Discounts) error {
		pricing, err := NewPricingClient()
		if err != nil {
			t.Fatal(err)
		}
		_, err = pricing.Haggle(t.Context(), HaggleRequest{}, object)
		return err
	}
}
