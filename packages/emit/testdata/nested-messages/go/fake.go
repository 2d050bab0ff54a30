//go:build grout_mock

package orders

func newFake() Service {
	return &Mock{}
}
