//go:build grout_mock

package pump

func newFake() Service {
	return &Mock{}
}
