//go:build grout_mock

package lexicon

func newFake() Service {
	return &Mock{}
}
