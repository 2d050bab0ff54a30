//go:build grout_mock

package meter

func newFake() Service {
	return &Mock{}
}
