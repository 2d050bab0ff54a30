// Command ledger-archive is the library by which programs of Rust call the ledger.
package main

/*
#include <stdint.h>

static inline void call_hook(uint64_t hook) {
  ((void (*)(void))(uintptr_t)hook)();
}
*/
import "C"

import (
	"context"
	"errors"
	"os"

	ledger "example.com/acme/ledger-go"
)

// calling is a ledger that calls Rust in the midst of a call of Rust.
type calling struct {
	ledger.Service
}

func (c calling) Wait(ctx context.Context, req ledger.WaitRequest) (ledger.Balance, error) {
	if req.Hook == 0 {
		return c.Service.Wait(ctx, req)
	}
	C.call_hook(C.uint64_t(req.Hook))
	return ledger.Balance{}, nil
}

// newService makes what Rust calls, when the first of its clients connects.
func newService() (ledger.Service, error) {
	if os.Getenv("LEDGER_IS_SHUT") != "" {
		return nil, errors.New("LEDGER_IS_SHUT is set")
	}
	return calling{ledger.NewService()}, nil
}

// main does not run: Go's runtime starts with the program that links the library.
func main() {}
