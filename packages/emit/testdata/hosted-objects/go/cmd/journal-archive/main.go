// Command journal-archive is the library by which programs of Rust keep journals.
package main

/*
#include <stdint.h>

static inline void call_hook(uint64_t hook) {
  ((void (*)(void))(uintptr_t)hook)();
}
*/
import "C"

import journal "example.com/acme/journal-go"

func newJournals() (journal.Journals, error) {
	return journal.NewShelf(func(hook uint64) { C.call_hook(C.uint64_t(hook)) }), nil
}

// main does not run: Go's runtime starts with the program that links the library.
func main() {}
