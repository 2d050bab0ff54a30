//go:build grout_mock

package shelf

func newFake() Service {
	return &Mock{}
}
