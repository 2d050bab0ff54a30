//go:build grout_mock

package words

func newFake() Service {
	return &Mock{}
}
