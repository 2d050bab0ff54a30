//go:build cgo && !grout_mock

package scoring

import "testing"

func init() {
	boundaryFixtures.Weigher = func(testing.TB) Weigher { return &byWords{} }
	boundaryFixtures.Model = func(t testing.TB) *Model {
		model, err := connected(t).Train(t.Context(), TrainRequest{}, &byWords{})
		if err != nil {
			t.Fatal(err)
		}
		return model
	}
	boundaryCallers.Weigher = func(t testing.TB, object Weigher) error {
		_, err := connected(t).Score(t.Context(), ScoreRequest{Documents: documents("a b")}, object)
		return err
	}
}
