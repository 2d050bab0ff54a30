//go:build grout_mock

package vault

import "context"

func newFake() Service {
	return &Mock{OpenFunc: func(context.Context, OpenRequest) (OpenResponse, error) {
		return OpenResponse{}, ErrLocked.New("by the fake")
	}}
}
