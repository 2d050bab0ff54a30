//go:build grout_mock

package docindex

func newFake() Service {
	return &Mock{}
}
