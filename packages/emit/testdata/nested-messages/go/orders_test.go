//go:build !grout_mock

package orders

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	grout "example.com/acme/grout-go"
)

func connected(t *testing.T) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

var address = Address{Street: "Main Street 1", GeoHash: []byte{1, 2}, Latitude: 52.5, Longitude: 13.4}

func TestPresenceAndContentSurviveTheRoundTrip(t *testing.T) {
	client := connected(t)
	long := Address{Street: strings.Repeat("long ", 100), Latitude: -1}
	for present, order := range map[string]Order{
		"":                          {ID: "nothing", Note: "n", CustomerName: "c"},
		"customer":                  {Customer: &Customer{}},
		"gift":                      {Gift: &Flag{}, Note: "for you"},
		"customer customer.address": {ID: "a", Customer: &Customer{Name: "Ada", Address: &address, Age: 36}, CustomerName: "Bob"},
		"customer customer.address ship_to gift": {
			ID: "b", Customer: &Customer{Name: "Eve", Address: &Address{}}, Note: "n", ShipTo: &long, Gift: &Flag{}, CustomerName: "Zoe",
		},
	} {
		got, err := client.Echo(t.Context(), order)
		if err != nil || !reflect.DeepEqual(got, order) {
			t.Errorf("got %+v, %v, want %+v", got, err, order)
		}
		description, err := client.Describe(t.Context(), order)
		if err != nil || description.Text != present {
			t.Errorf("got %q, %v, want %q", description.Text, err, present)
		}
	}
}

func TestAnErrorNamesThePathOfTheField(t *testing.T) {
	order := Order{Customer: &Customer{Address: &Address{Street: "\xff"}}}
	_, err := connected(t).Echo(t.Context(), order)
	if !errors.Is(err, grout.ErrInvalidArgument) || !strings.Contains(err.Error(), "customer.address.street: not valid UTF-8") {
		t.Errorf("got %v", err)
	}
}
