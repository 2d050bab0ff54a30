//go:build grout_mock

package diary

func newFake() Service {
	return &Mock{}
}
