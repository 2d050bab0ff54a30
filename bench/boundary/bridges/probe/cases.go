package main

import (
	"context"
	"time"

	grout "example.com/bench/grout-go"
	"example.com/bench/probe-go"
)

// mostBuffers is how many buffers of a MiB a window has.
const mostBuffers = 64

func init() {
	client := must(probe.New())
	background := context.Background()
	cancelable, cancel := context.WithCancel(background)
	limited, cancelLimited := context.WithDeadline(background, time.Now().Add(24*time.Hour))
	atEnd = append(atEnd, cancel, cancelLimited)

	sum := func(ctx context.Context) func(int) {
		return func(n int) {
			for range n {
				resp := must(client.Sum(ctx, probe.SumRequest{A: 1, B: 2, C: 3}))
				sink += resp.Sum
			}
		}
	}
	add("sum, generated", sum(background))
	add("sum, generated, cancelable", sum(cancelable))
	add("sum, generated, deadline", sum(limited))
	add("mark, generated", func(n int) {
		for range n {
			resp := must(client.Mark(background, probe.MarkRequest{ID: 7, Time: 8, Score: 9.5, Name: name}))
			textSink = resp.Name
			sink += resp.ID
		}
	})
	add("mark owned, generated", func(n int) {
		for range n {
			resp := must(client.MarkOwned(background, probe.Note{ID: 7, Time: 8, Score: 9.5, Name: name}))
			textSink = resp.Name
			sink += resp.ID
		}
	})
	add("put, generated", func(n int) {
		for range n {
			sink += must(client.Put(background, probe.PutRequest{Data: blob})).Trace
		}
	})
	add("put owned, generated", func(n int) {
		for range n {
			sink += must(client.PutOwned(background, probe.PutOwnedRequest{Data: blob})).Trace
		}
	})
	// The service keeps what it is given: to free a MiB takes longer than to give it away.
	moved := func(name string, size int) {
		var buffers []*grout.Buffer
		addPrepared(name, mostBuffers, func(n int) {
			must(client.Drop(background, probe.DropRequest{}))
			for range n {
				buffers = append(buffers, must(probe.NewBuffer(size)))
			}
		}, func(n int) {
			for _, buffer := range buffers[:n] {
				sink += must(client.PutMoved(background, probe.PutMovedRequest{Data: buffer})).Trace
			}
			buffers = buffers[n:]
		})
	}
	moved("move of 1 MiB, generated", len(blob))
	moved("move of 64 bytes, generated", 64)
	view := func(length int) func(int) {
		return func(n int) {
			for range n {
				resp := must(client.View(background, probe.GetRequest{Length: uint64(length)}))
				bytesSink = resp.Data.Bytes()
				if err := resp.Release(); err != nil {
					panic(err)
				}
			}
		}
	}
	add("view of 1 MiB, generated", view(len(blob)))
	add("view of 64 bytes, generated", view(64))
	add("scan into an arena, generated", func(n int) {
		for range n {
			entries := must(client.Scan(background, probe.ScanRequest{Count: scanned})).Entries
			sink += entries[len(entries)-1].Size
		}
	})
	add("scan into a list, generated", func(n int) {
		for range n {
			entries := must(client.List(background, probe.ScanRequest{Count: scanned})).Entries
			sink += entries[len(entries)-1].Size
		}
	})
	add("get, generated", func(n int) {
		for range n {
			bytesSink = must(client.Get(background, probe.GetRequest{Length: uint64(len(blob))})).Data
		}
	})
}
