package grout

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// Server is a service of Go that a program of Rust calls, by an archive of Go that is linked into it. For generated
// code.
type Server[S any] struct {
	service  string
	identity Identity
	makeRoom MakeRoom
	open     func() (S, error)
	method   func(ctx context.Context, service S, method uint32, u *Unpacker, p *Packer) error
	sites    []Site

	opening sync.Mutex
	opened  atomic.Pointer[S]
}

// NewServer serves the service that the contract calls service. open makes the implementation, when Rust connects;
// method calls one of its methods; sites has the methods by their numbers.
func NewServer[S any](
	service string,
	identity Identity,
	makeRoom MakeRoom,
	open func() (S, error),
	method func(ctx context.Context, service S, method uint32, u *Unpacker, p *Packer) error,
	sites ...Site,
) *Server[S] {
	return &Server[S]{
		service: service, identity: identity, makeRoom: makeRoom, open: open, method: method, sites: sites,
	}
}

// Handshake tells Rust who answers: the version of the frame, abi_major, the hash and the checksum of the layouts, the
// name of this side, the digest of its contract, and the features that it was built with. Rust compares.
func (s *Server[S]) Handshake(answer *Answer) uint32 {
	packer := NewPacker()
	defer packer.Release()
	packer.Uint32(FrameVersion)
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
	return answer.fill(s.makeRoom, statusOK, packer.bytes)
}

// Open makes the implementation, unless there is one: one that could not be made is tried again by whoever connects
// next. Its error is for whoever starts the program, and crosses with its text.
func (s *Server[S]) Open(call *Call, answer *Answer) uint32 {
	site := Site{Method: s.service, ShowForeign: true}
	return serve(call, answer, s.makeRoom, site, func(context.Context, *Packer) error {
		s.opening.Lock()
		defer s.opening.Unlock()
		if s.opened.Load() != nil {
			return nil
		}
		service, err := s.open()
		if err != nil {
			return err
		}
		s.opened.Store(&service)
		return nil
	})
}

// Serve serves a call of Rust, and returns its status. Nothing panics out of it.
func (s *Server[S]) Serve(method uint32, call *Call, request []byte, answer *Answer) uint32 {
	return serve(call, answer, s.makeRoom, siteOf(s.sites, method, s.service), func(ctx context.Context, p *Packer) error {
		service := s.opened.Load()
		if service == nil {
			return ErrUnavailable.New(fmt.Sprintf("Rust calls %s before it has connected", s.service))
		}
		return s.method(ctx, *service, method, unpackLent(request), p)
	})
}
