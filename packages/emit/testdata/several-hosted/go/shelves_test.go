package larder

import (
	"errors"
	"testing"
)

func TestOrdersTakeFromTheStock(t *testing.T) {
	shelves := NewShelves()
	stock, orders := shelves.Stock(), shelves.Orders()
	if _, err := orders.Place(t.Context(), Order{Items: []Shelf{{Item: "nail", Count: 2}}}); !errors.Is(err, ErrUnknownItem) {
		t.Errorf("got %v, want ErrUnknownItem", err)
	}
	if _, err := stock.Put(t.Context(), PutRequest{Item: "nail", Count: 5}); err != nil {
		t.Fatal(err)
	}
	order, err := orders.Place(t.Context(), Order{Items: []Shelf{{Item: "nail", Count: 2}}})
	if err != nil || order.Number != 1 {
		t.Errorf("got %+v and %v", order, err)
	}
	if shelf, err := stock.Find(t.Context(), FindRequest{Item: "nail"}); err != nil || shelf.Count != 3 {
		t.Errorf("got %+v and %v", shelf, err)
	}
}
