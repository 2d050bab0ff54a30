//go:build grout_mock

package calc

func newFake() Service {
	return &Mock{}
}
