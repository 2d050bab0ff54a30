//go:build grout_mock

package invoicing

func newFake() Service {
	return &Mock{}
}
