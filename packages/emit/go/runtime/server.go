package grout

import (
	"context"
	"fmt"
	"sync"
)

// Server is a service of Go that a program of Rust calls, by an archive of Go that is linked into it. For generated
// code.
type Server[S any] struct {
	// service has one object, once it is open.
	service[S]
	identity Identity
	open     func() (S, error)
	opening  sync.Mutex
}

// hostedObject is the number by which Rust calls what a server has.
const hostedObject = 0

// NewServer serves the service that the contract calls name. open makes the implementation, when Rust connects; methods
// has its methods by their numbers.
func NewServer[S any](
	name string, identity Identity, makeRoom MakeRoom, open func() (S, error), methods []Served[S],
) *Server[S] {
	missing := func(uint64) error {
		return ErrUnavailable.New(fmt.Sprintf("Rust calls %s before it has connected", name))
	}
	return &Server[S]{
		service:  service[S]{name: name, makeRoom: makeRoom, methods: methods, missing: missing},
		identity: identity,
		open:     open,
	}
}

// Handshake tells Rust who answers: the version of the frame, abi_major, the hash and the checksum of the layouts, the
// name of this side, the digest of its contract, and the features that it was built with. Rust compares.
func (s *Server[S]) Handshake(call *Invocation) uint32 {
	packer := NewPacker()
	defer packer.Release()
	packer.Uint32(uint32(s.identity.Frame))
	packer.Uint32(s.identity.ABIMajor)
	packer.Uint64(s.identity.ABIHash)
	packer.Uint64(layoutSum(s.identity.Layouts))
	packer.Text(s.identity.Bindings)
	packer.Text(s.identity.Contract)
	var features []string
	for _, feature := range s.identity.Features {
		if feature.IsOn {
			features = append(features, feature.Name)
		}
	}
	PackList(packer, features, (*Packer).Text)
	call.answer(s.makeRoom, packer.bytes)
	return statusOK
}

// Open makes the implementation, unless there is one: one that could not be made is tried again by whoever connects
// next. Its error is for whoever starts the program, and crosses with its text.
func (s *Server[S]) Open(call *Invocation) uint32 {
	opening := service[*Server[S]]{name: s.name, makeRoom: s.makeRoom, methods: []Served[*Server[S]]{{
		Method:      s.name,
		ShowForeign: true,
		Serve:       func(_ context.Context, s *Server[S], _ *Invocation, _ MakeRoom) error { return s.make() },
	}}}
	opening.held.add(s, nil)
	return opening.Serve(call)
}

func (s *Server[S]) make() error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.held.find(hostedObject) != nil {
		return nil
	}
	service, err := s.open()
	if err != nil {
		return err
	}
	s.held.add(service, nil)
	return nil
}
