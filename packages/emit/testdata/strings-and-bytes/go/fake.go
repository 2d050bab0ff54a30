//go:build grout_mock

package notes

func newFake() Service {
	return &Mock{}
}
