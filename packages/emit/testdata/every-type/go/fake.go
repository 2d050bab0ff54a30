//go:build grout_mock

package catalog

func newFake() Service {
	return &Mock{}
}
