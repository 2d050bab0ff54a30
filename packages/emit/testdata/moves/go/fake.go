//go:build grout_mock

package depot

func newFake() Service {
	return &Mock{}
}
