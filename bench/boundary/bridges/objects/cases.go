package main

import (
	"context"

	"example.com/bench/byhand"
	"example.com/bench/objects-go"
)

func init() {
	background := context.Background()
	own := byhand.OpenAdder(7)
	add("sum on an object, by hand", func(n int) {
		for range n {
			sink += own.Sum(1, 2, 3)
		}
	})
	client := must(objects.New())
	adder := must(client.Open(background, objects.OpenRequest{Start: 7}))
	atEnd = append(atEnd, own.Close, func() { must(0, adder.Close()) })
	add("sum on an object, generated", func(n int) {
		for range n {
			sink += must(adder.Sum(background, objects.SumRequest{A: 1, B: 2, C: 3})).Sum
		}
	})
}
