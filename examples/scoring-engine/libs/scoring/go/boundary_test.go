//go:build cgo && !grout_mock

package scoring

import "testing"

// What the generated tests and benchmarks need to open a model, and to have Rust call a source.
func init() {
	boundaryFixtures.FeatureSource = func(testing.TB) FeatureSource { return heights{"candidate": 2} }
	boundaryFixtures.Model = func(t testing.TB) *Model { return load(t) }
	boundaryCallers.FeatureSource = func(t testing.TB, source FeatureSource) error {
		_, err := loaded(t).Rank(t.Context(), RankRequest{Candidates: []string{"candidate"}}, source)
		return err
	}
	boundaryBenchmarks.ModelRank = func(*testing.B, *Model) RankRequest {
		return RankRequest{Candidates: []string{"candidate"}}
	}
}
