// Command rank ranks the people named on its command line.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	grout "example.com/ranking/grout-go"
	scoring "example.com/ranking/scoring-go"
)

// people is what this program knows; a real one asks a feature store.
var people = map[string]map[string]float64{
	"ada":   {"papers": 12, "years": 9},
	"grace": {"papers": 7, "years": 30},
	"linus": {"papers": 1, "years": 25},
}

type features struct{}

func (features) Features(_ context.Context, req scoring.FeaturesRequest) (scoring.FeaturesResponse, error) {
	known, ok := people[req.Candidate]
	if !ok {
		return scoring.FeaturesResponse{}, scoring.ErrUnknownCandidate.New("nobody by that name").With("candidate", req.Candidate)
	}
	return scoring.FeaturesResponse{Features: known}, nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "rank:", err)
		if failure, ok := grout.AsError(err); ok && failure.Retryable() {
			os.Exit(75)
		}
		os.Exit(1)
	}
}

func run(ctx context.Context, candidates []string) error {
	client, err := scoring.New()
	if err != nil {
		return err
	}
	model, err := client.Load(ctx, scoring.LoadRequest{
		Bias:    -3,
		Weights: map[string]float64{"papers": 0.2, "years": 0.1},
	})
	if err != nil {
		return err
	}
	defer model.Close()
	resp, err := model.Rank(ctx, scoring.RankRequest{Candidates: candidates}, features{})
	if err != nil {
		return err
	}
	for place, it := range resp.Ranked {
		fmt.Printf("%d. %-8s %.3f\n", place+1, it.Candidate, it.Score)
	}
	return nil
}
