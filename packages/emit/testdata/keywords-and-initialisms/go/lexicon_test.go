//go:build !grout_mock

package lexicon

import (
	"errors"
	"reflect"
	"testing"
)

func connected(t *testing.T) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestKeywordsTravel(t *testing.T) {
	want := Keywords{
		Type: "t", Func: 1, Self: true, Match: 2, Out: []byte{3}, Call: "c", Double: 4.5, Linux: true, Request: true, TypeLen: "tl",
		Range: &Range{Int: 5, Static: "s", Response: true},
	}
	got, err := connected(t).Type(t.Context(), want)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestInitialismsTravel(t *testing.T) {
	want := UserIDs{UserID: 1, APIURL: "u", IDs: 2, SkuID: "s", UTF8JSON: []byte("{}"), Sha256: 3}
	got, err := connected(t).Match(t.Context(), want)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	url, err := connected(t).GetHTTPURL(t.Context(), GetHTTPURLRequest{HTTPHost: "example.com"})
	if err != nil || url.URL != "http://example.com/" {
		t.Errorf("got %+v, %v", url, err)
	}
}

func TestCodesAreSpelledInBothLanguages(t *testing.T) {
	for how, want := range map[string]error{"url": ErrBadURL, "self": ErrSelf} {
		if _, err := connected(t).Type(t.Context(), Keywords{Type: how}); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

func TestLongNamesTravel(t *testing.T) {
	consequences := Consequences{FirstOfManyForeseeableOutcomes: "f", NumberOfForeseeableOutcomes: 6}
	got, err := connected(t).Select(t.Context(), ManyWordsRequest{
		PreferredCustomerGreeting: "g", PreviouslyAcceptedSignature: []byte{1}, RemarkableConsequences: &consequences,
	})
	want := ManyWordsResponse{
		GreetingOfThePreferredCustomer: "g", SignatureThatWasAcceptedBefore: []byte{1}, RemarkableConsequences: &consequences,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}
