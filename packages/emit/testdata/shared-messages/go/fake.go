//go:build grout_mock

package money

func newFake() Service {
	return &Mock{}
}
