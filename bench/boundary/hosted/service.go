package hosted

import "context"

type service struct{}

// NewService makes what the generated bridge calls; the archive's main.go does the same work by hand.
func NewService() Service { return service{} }

func (service) Sum(_ context.Context, req SumRequest) (SumResponse, error) {
	return SumResponse{Sum: req.A + req.B + req.C}, nil
}

func (service) Open(_ context.Context, req OpenRequest) (Adder, error) {
	return &adder{start: req.Start}, nil
}

type adder struct {
	start uint64
}

func (a *adder) Add(_ context.Context, req AddRequest) (SumResponse, error) {
	return SumResponse{Sum: a.start + req.A + req.B + req.C}, nil
}

func (*adder) Close() error { return nil }
