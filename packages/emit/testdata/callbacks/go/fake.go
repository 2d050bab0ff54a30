//go:build grout_mock

package scoring

func newFake() Service {
	return &Mock{}
}
