// Command larder-archive is the library by which programs of Rust call the larder.
package main

import (
	"errors"
	"os"

	larder "example.com/acme/larder-go"
)

// shelves are what both services work on, whichever is connected to first.
var shelves = larder.NewShelves()

func newStock() (larder.Stock, error) {
	return shelves.Stock(), nil
}

func newOrders() (larder.Orders, error) {
	if os.Getenv("LARDER_TAKES_NO_ORDERS") != "" {
		return nil, errors.New("LARDER_TAKES_NO_ORDERS is set")
	}
	return shelves.Orders(), nil
}

// main does not run: Go's runtime starts with the program that links the library.
func main() {}
