//go:build cgo && !grout_mock

package scoring

import "testing"

func init() {
	boundaryBenchmarks.FeatureSource = func(*testing.B) FeatureSource { return heights{"candidate": 2} }
	boundaryBenchmarks.ModelRank = func(*testing.B, *Model) RankRequest {
		return RankRequest{Candidates: []string{"candidate"}}
	}
}
