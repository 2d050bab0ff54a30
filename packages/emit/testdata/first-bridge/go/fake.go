//go:build grout_mock

package pricing

import (
	"context"
	"fmt"
	"unicode/utf8"
)

// newFake is what New connects to in a build with the tag grout_mock, which needs neither Rust nor cgo. It behaves as
// the tests of this module expect of the real service; where they need more, teach it here.
func newFake() Service {
	return &Mock{AddFunc: fakeAdd, GreetFunc: fakeGreet, InspectFunc: fakeInspect}
}

func fakeAdd(_ context.Context, req AddRequest) (AddResponse, error) {
	sum := req.Left + req.Right
	if (req.Right > 0 && sum < req.Left) || (req.Right < 0 && sum > req.Left) {
		return AddResponse{}, ErrOverflow.New(fmt.Sprintf("%d + %d does not fit in 64 bits", req.Left, req.Right))
	}
	return AddResponse{Sum: sum}, nil
}

func fakeGreet(_ context.Context, req GreetRequest) (GreetResponse, error) {
	if req.Name == "" {
		return GreetResponse{}, ErrEmptyName.New("there is nobody to greet")
	}
	return GreetResponse{Text: "Hello, " + req.Name + "!"}, nil
}

func fakeInspect(_ context.Context, req InspectRequest) (InspectResponse, error) {
	part := req.Payload
	if w := req.Window; w != nil {
		start, end := uint64(w.Offset), uint64(w.Offset)+uint64(w.Length)
		if end > uint64(len(part)) {
			return InspectResponse{}, ErrOutOfRange.New(fmt.Sprintf("%d..%d of %d bytes", start, end, len(part)))
		}
		part = part[start:end]
	}
	summary := Summary{Size: uint64(len(part)), Text: utf8.Valid(part)}
	for _, b := range part {
		summary.Checksum = (summary.Checksum<<5 | summary.Checksum>>27) ^ uint32(b)
	}
	return InspectResponse{Summary: &summary, Excerpt: part[:min(16, len(part))]}, nil
}
