package grout

import (
	"context"
	"runtime"
	"sync/atomic"
)

// RustFunctions are the functions of Rust by which Go calls objects that it was given, and lets go of them. For generated
// code.
type RustFunctions struct {
	// Call calls a method of an object by its number. It returns the status and where the answer is, for Free.
	Call func(object uint64, method uint32, call *Call, request *Packer) (status uint32, answer, n uintptr)
	// Free frees an answer.
	Free func(answer, n uintptr)
	// Release lets go of an object; once.
	Release func(object uint64)
}

// Given is what Go is given of the objects of a service of Rust. For generated code.
type Given struct {
	name      string
	functions atomic.Pointer[RustFunctions]
}

// NewGiven is for objects of the service that the contract calls name.
func NewGiven(name string) *Given {
	return &Given{name: name}
}

// Bind keeps the functions of Rust, which are the same each time; what was bound first stays. Rust does so before it gives
// anything.
func (g *Given) Bind(functions RustFunctions) {
	g.functions.CompareAndSwap(nil, &functions)
}

// RustObject is an object of Rust that Go holds. Rust lets go of it when the garbage collector finds that nobody refers to
// it any more, or with [Release]. For generated code.
type RustObject struct {
	*objectState
	given  *Given
	number uint64
}

// Take takes over the object whose number is in the slot of a request, in memory of Rust: what stays there is Rust's.
func (g *Given) Take(slot *uint64) *RustObject {
	number := *slot
	*slot = 0
	release := g.functions.Load().Release
	state := &objectState{
		live: LiveObject{
			Type: g.name, Owner: "Rust", Holder: "Go", FreedBy: "grout.Release or garbage collection", Threads: "any",
		},
		close: func() error { release(number); return nil },
	}
	state.open()
	object := &RustObject{state, g, number}
	state.cleanup = runtime.AddCleanup(object, (*objectState).collect, state)
	return object
}

// collect frees what nobody refers to any more, and need not have been freed before.
func (s *objectState) collect() {
	if !s.closed.Swap(true) {
		s.forget()
		_ = s.close()
	}
}

func (o *RustObject) release() error {
	return (&Object{o.objectState}).Close()
}

// Release lets go of an object of Rust that a method was given, without waiting for the garbage collector. Calls of it
// that run end as usual; later ones, and a second Release, fail with [ErrClosed]. Of what is no such object, as a test
// may have given it, there is nothing to release.
func Release(callback any) error {
	if object, isOfRust := callback.(interface{ release() error }); isOfRust {
		defer runtime.KeepAlive(callback)
		return object.release()
	}
	return nil
}

// RustMethod is a method of an object of Rust. For generated code.
type RustMethod struct {
	// Name is for people, e.g. "Watcher.OnSale".
	Name string
	// Number is by which Rust knows it.
	Number uint32
}

// CallRust calls a method of an object of Rust. For generated code.
func CallRust[Req, Resp any](
	ctx context.Context, o *RustObject, method RustMethod, req Req,
	pack func(*Packer, Req), unpack func(*Unpacker) Resp,
) (Resp, error) {
	packer := NewPacker()
	defer packer.Release()
	var none Resp
	answer, err := o.call(ctx, method, packer, func() { pack(packer, req) })
	if err != nil {
		return none, InMethod(err, method.Name)
	}
	unpacker := NewUnpacker(answer)
	resp := unpack(unpacker)
	if err := unpacker.Finish(); err != nil {
		return none, InMethod(err, method.Name)
	}
	return resp, nil
}

// call returns a copy of the packed answer.
func (o *RustObject) call(ctx context.Context, method RustMethod, packer *Packer, pack func()) ([]byte, error) {
	defer runtime.KeepAlive(o)
	if err := (&Object{o.objectState}).Check(ctx); err != nil {
		return nil, err
	}
	pack()
	if err := packer.Err(); err != nil {
		return nil, err
	}
	var call Call
	call.Begin(ctx)
	functions := o.given.functions.Load()
	status, address, n := functions.Call(o.number, method.Number, &call, packer)
	answer := LentBytes(address, n)
	functions.Free(address, n)
	switch status {
	case statusOK:
		return answer, nil
	case statusError:
		return nil, decodeError(string(answer))
	}
	return nil, ErrHandshake.New("Rust refuses the call frame of " + o.given.name)
}
