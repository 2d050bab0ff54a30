//go:build grout_mock

package scoring

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// newFake is what New connects to in a build with the tag grout_mock: the same model, without Rust and one candidate
// after the other.
func newFake() Service {
	return &Mock{LoadFunc: func(_ context.Context, req LoadRequest) (ModelObject, error) {
		for feature, weight := range req.Weights {
			if math.IsNaN(weight) || math.IsInf(weight, 0) {
				return nil, ErrBadWeight.New("no number").With("feature", feature)
			}
		}
		return fakeModel(req), nil
	}}
}

func fakeModel(model LoadRequest) *MockModel {
	score := func(features map[string]float64) float64 {
		sum := model.Bias
		for name, value := range features {
			sum += model.Weights[name] * value
		}
		return 1 / (1 + math.Exp(-sum))
	}
	return &MockModel{
		RankFunc: func(ctx context.Context, req RankRequest, source FeatureSource) (RankResponse, error) {
			var ranked []Ranked
			for _, candidate := range req.Candidates {
				known, err := source.Features(ctx, FeaturesRequest{Candidate: candidate})
				if err != nil {
					return RankResponse{}, err
				}
				ranked = append(ranked, Ranked{Candidate: candidate, Score: score(known.Features)})
			}
			slices.SortFunc(ranked, func(a, b Ranked) int {
				return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Candidate, b.Candidate))
			})
			if req.Best > 0 {
				ranked = ranked[:min(len(ranked), int(req.Best))]
			}
			return RankResponse{Ranked: ranked}, nil
		},
		ScoreFunc: func(_ context.Context, req ScoreRequest) (ScoreResponse, error) {
			return ScoreResponse{Score: score(req.Features)}, nil
		},
	}
}
