// Command beacon-archive is the library by which programs of Rust use the beacon.
package main

import beacon "example.com/acme/beacon-go"

func newService() (beacon.Service, error) {
	return beacon.NewService(), nil
}

// main does not run: Go's runtime starts with the program that links the library.
func main() {}
