//go:build grout_mock

package gears

func newFake() Service {
	return &Mock{}
}
