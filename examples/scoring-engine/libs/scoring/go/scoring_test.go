package scoring

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"testing"

	grout "example.com/ranking/grout-go"
)

// These tests run against Rust, and with -tags grout_mock against the fake: both must behave the same.

// heights is a source that knows how tall each candidate is.
type heights map[string]float64

func (h heights) Features(_ context.Context, req FeaturesRequest) (FeaturesResponse, error) {
	height, ok := h[req.Candidate]
	if !ok {
		return FeaturesResponse{}, ErrUnknownCandidate.New("no height").With("candidate", req.Candidate)
	}
	return FeaturesResponse{Features: map[string]float64{"height": height}}, nil
}

// sourceFunc makes a source of a function.
type sourceFunc func(ctx context.Context, req FeaturesRequest) (FeaturesResponse, error)

func (f sourceFunc) Features(ctx context.Context, req FeaturesRequest) (FeaturesResponse, error) {
	return f(ctx, req)
}

func load(t testing.TB) *Model {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	model, err := client.Load(t.Context(), LoadRequest{Bias: -2, Weights: map[string]float64{"height": 1}})
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func loaded(t testing.TB) *Model {
	t.Helper()
	grout.CheckLeaks(t)
	model := load(t)
	t.Cleanup(func() {
		if err := model.Close(); err != nil {
			t.Error(err)
		}
	})
	return model
}

func TestTheBestComeFirst(t *testing.T) {
	source := heights{"ada": 1, "ben": 3, "cyd": 2}
	resp, err := loaded(t).Rank(t.Context(), RankRequest{Candidates: []string{"ada", "ben", "cyd"}, Best: 2}, source)
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Ranked) != 2 || resp.Ranked[0].Candidate != "ben" || resp.Ranked[1].Candidate != "cyd" {
		t.Fatalf("got %+v, want ben and cyd", resp.Ranked)
	}
	if want := 1 / (1 + math.Exp(-1)); math.Abs(resp.Ranked[0].Score-want) > 1e-12 {
		t.Errorf("ben scores %v, want %v", resp.Ranked[0].Score, want)
	}
}

func TestEachCandidateIsAskedForOnce(t *testing.T) {
	var candidates []string
	for n := range 1000 {
		candidates = append(candidates, fmt.Sprintf("candidate %d", n))
	}
	var asked atomic.Int64
	source := sourceFunc(func(context.Context, FeaturesRequest) (FeaturesResponse, error) {
		return FeaturesResponse{Features: map[string]float64{"height": float64(asked.Add(1))}}, nil
	})
	resp, err := loaded(t).Rank(t.Context(), RankRequest{Candidates: candidates}, source)
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Ranked) != 1000 || asked.Load() != 1000 {
		t.Errorf("ranked %d of 1000, asked %d times", len(resp.Ranked), asked.Load())
	}
}

func TestAnErrorOfTheSourceComesBackAsItWas(t *testing.T) {
	_, err := loaded(t).Rank(t.Context(), RankRequest{Candidates: []string{"nobody"}}, heights{})
	var failure *grout.Error
	if !errors.Is(err, ErrUnknownCandidate) || !errors.As(err, &failure) {
		t.Fatalf("got %v, want ErrUnknownCandidate", err)
	}
	if failure.Hint != "leave nobody out" {
		t.Errorf("the hint is %q", failure.Hint)
	}
}

func TestAPanicOfTheSourceEndsTheRankingOnly(t *testing.T) {
	model := loaded(t)
	panics := sourceFunc(func(context.Context, FeaturesRequest) (FeaturesResponse, error) { panic("out of features") })
	if _, err := model.Rank(t.Context(), RankRequest{Candidates: []string{"ada"}}, panics); !errors.Is(err, grout.ErrPanic) {
		t.Errorf("got %v, want ErrPanic", err)
	}
	if _, err := model.Rank(t.Context(), RankRequest{Candidates: []string{"ada"}}, heights{"ada": 1}); err != nil {
		t.Errorf("the next ranking fails with %v", err)
	}
}

func TestASourceMayAskTheModelItself(t *testing.T) {
	model := loaded(t)
	nested := sourceFunc(func(ctx context.Context, req FeaturesRequest) (FeaturesResponse, error) {
		resp, err := model.Score(ctx, ScoreRequest{Features: map[string]float64{"height": 2}})
		return FeaturesResponse{Features: map[string]float64{"height": resp.Score}}, err
	})
	resp, err := model.Rank(t.Context(), RankRequest{Candidates: []string{"ada"}}, nested)
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 / (1 + math.Exp(1.5)); math.Abs(resp.Ranked[0].Score-want) > 1e-12 {
		t.Errorf("ada scores %v, want %v", resp.Ranked[0].Score, want)
	}
}

func TestAWeightMustBeANumber(t *testing.T) {
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Load(t.Context(), LoadRequest{Weights: map[string]float64{"height": math.NaN()}})
	if !errors.Is(err, ErrBadWeight) {
		t.Errorf("got %v, want ErrBadWeight", err)
	}
}
