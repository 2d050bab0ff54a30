// Command ledger-archive is the library by which programs of Rust call the ledger.
package main

import (
	"errors"
	"os"

	ledger "example.com/acme/ledger-go"
)

// newService makes what Rust calls, when the first of its clients connects.
func newService() (ledger.Service, error) {
	if os.Getenv("LEDGER_IS_SHUT") != "" {
		return nil, errors.New("LEDGER_IS_SHUT is set")
	}
	return ledger.NewService(), nil
}

// main does not run: Go's runtime starts with the program that links the library.
func main() {}
