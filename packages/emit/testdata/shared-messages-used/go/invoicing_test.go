//go:build !grout_mock && cgo

package invoicing

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.com/acme/grout-go"
	"example.com/acme/money-go"
)

func connected(t *testing.T) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// Proves L13, a message belongs to one bridge. Expected: what one bridge answers is what the other is asked, and the other
// way round, without a conversion.
func TestAValueOfOneBridgeIsGivenToTheOther(t *testing.T) {
	exchange, err := money.New()
	if err != nil {
		t.Fatal(err)
	}
	euros := money.Money{Currency: money.CurrencyEur, Units: 30, Holder: "Ada"}
	converted, err := exchange.Convert(t.Context(), money.ConvertRequest{Amount: &euros, To: money.CurrencyUsd})
	if err != nil {
		t.Fatal(err)
	}
	items := []money.Money{*converted.Amount, {Currency: money.CurrencyUsd, Units: 12}}
	bill, err := connected(t).Total(t.Context(), TotalRequest{Items: items, Money: converted.Amount})
	if want := (money.Money{Currency: money.CurrencyUsd, Units: 12, Holder: "Ada"}); err != nil || *bill.Total != want {
		t.Fatalf("%v, %v", bill, err)
	}
	if sum := bill.ByCurrency["Usd"]; sum.Units != 42 {
		t.Errorf("%v", bill)
	}
	back, err := exchange.Convert(t.Context(), money.ConvertRequest{Amount: bill.Total, To: money.CurrencyEur})
	if err != nil || back.Amount.Currency != money.CurrencyEur || back.Amount.Units != 12 {
		t.Errorf("%v, %v", back, err)
	}
}

func TestAMessageOfAnotherBridgeIsRequestAndResponse(t *testing.T) {
	doubled, err := connected(t).Double(t.Context(), money.Money{Units: 21, Holder: "Ada"})
	if want := (money.Money{Units: 42, Holder: "Ada"}); err != nil || doubled != want {
		t.Errorf("%v, %v", doubled, err)
	}
}

func TestAnArenaHoldsMessagesOfAnotherBridge(t *testing.T) {
	amount := money.Money{Currency: money.CurrencyEur, Units: 42}
	resp, err := connected(t).Split(t.Context(), SplitRequest{Amount: &amount, Ways: 3})
	part := money.Money{Currency: money.CurrencyEur, Units: 14}
	if err != nil || !slices.Equal(resp.Parts, []money.Money{part, part, part}) {
		t.Errorf("%v, %v", resp, err)
	}
}

func TestOneofsMapsAndMessagesInThemselvesAreSharedToo(t *testing.T) {
	payment := money.Payment{
		Method: money.PaymentMethodCash{Value: money.Money{Currency: money.CurrencyEur, Units: 50}},
		Fees:   map[string]money.Money{"card": {Units: 1}},
		Parts:  []money.Payment{{Method: money.PaymentMethodCard{Value: "4711"}}},
	}
	preferred := money.CurrencyUsd
	request := SettleRequest{Payment: &payment, Preferred: &preferred, Accepted: []money.Currency{money.CurrencyEur}}
	resp, err := connected(t).Settle(t.Context(), request)
	if err != nil || !reflect.DeepEqual(*resp.Payment, payment) {
		t.Errorf("%v, %v", resp, err)
	}
	if want := (SettleResponseOutcomeRefused{Value: money.CurrencyUsd}); resp.Outcome != want {
		t.Errorf("%v", resp.Outcome)
	}
}

// Proves L13 of what a contract says of its messages. Expected: it holds where another bridge uses them, in Rust and in
// the mock.
func TestWhatIsSaidOfAMessageHoldsInBothBridges(t *testing.T) {
	secret := money.Money{Holder: "Ada"}
	for _, shown := range []string{fmt.Sprintf("%+v", TotalRequest{Items: []money.Money{secret}}), fmt.Sprint(&secret)} {
		if strings.Contains(shown, "Ada") {
			t.Errorf("what is redacted is shown: %s", shown)
		}
	}
	long := money.Money{Holder: strings.Repeat("x", 17)}
	mock := &Mock{}
	for name, client := range map[string]*Client{"Rust": connected(t), "the mock": NewWith(mock)} {
		for path, request := range map[string]TotalRequest{
			"items[1].holder": {Items: []money.Money{{}, long}},
			"money.holder":    {Money: &long},
		} {
			_, err := client.Total(t.Context(), request)
			if !errors.Is(err, grout.ErrInvalidArgument) || !strings.Contains(err.Error(), path) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	remark := money.Remark{Text: "grüße"}
	if resp, err := connected(t).Total(t.Context(), TotalRequest{Remark: &remark}); err != nil || resp.RemarkLen != 7 {
		t.Errorf("%v, %v", resp, err)
	}
}
