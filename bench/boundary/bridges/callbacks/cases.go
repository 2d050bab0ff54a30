package main

import (
	"context"

	"example.com/bench/byhand"
	"example.com/bench/callbacks-go"
)

type worker struct{}

func (worker) Sum(_ context.Context, req callbacks.Numbers) (callbacks.Number, error) {
	return callbacks.Number{Value: req.A + req.B + req.C}, nil
}

func (worker) Mark(_ context.Context, req callbacks.Note) (callbacks.Note, error) {
	return callbacks.Note{ID: req.ID + 1, Time: req.Time + 1, Score: req.Score * 2, Name: req.Name + "-x"}, nil
}

// All callbacks of a window are made by one call.
func init() {
	background := context.Background()
	add("callback with 3 numbers, by hand", func(n int) {
		sink += byhand.SumBack(n)
	})
	add("callback with a struct, by hand", func(n int) {
		sink += byhand.MarkBack(n)
	})
	client := must(callbacks.New())
	run := must(client.Start(background, callbacks.StartRequest{}, worker{}))
	atEnd = append(atEnd, func() { must(0, run.Close()) })
	add("callback with 3 numbers, generated", func(n int) {
		sink += must(run.Sum(background, callbacks.SumTimes{Times: uint64(n)})).Total
	})
	add("callback with a struct, generated", func(n int) {
		sink += must(run.Mark(background, callbacks.MarkTimes{Times: uint64(n)})).Total
	})
}
