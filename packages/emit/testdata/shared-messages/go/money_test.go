//go:build !grout_mock && cgo

package money

import (
	"testing"
)

func TestABridgeWhoseMessagesOthersUseIsCalledAsAnyOther(t *testing.T) {
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	amount := Money{Currency: CurrencyEur, Units: 3, Holder: "Ada"}
	resp, err := client.Convert(t.Context(), ConvertRequest{Amount: &amount, To: CurrencyUsd})
	if want := (Money{Currency: CurrencyUsd, Units: 3, Holder: "Ada"}); err != nil || *resp.Amount != want {
		t.Errorf("%v, %v", resp, err)
	}
}
