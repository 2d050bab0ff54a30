package main

import "example.com/bench/byhand"

// name is of ordinary length for one that is shown to people.
const name = "invoice 2026-11-0042, final"

// scanned is how many entries a scan gives.
const scanned = 1000

var blob = make([]byte, 1<<20)

func init() {
	add("nothing, by hand", func(n int) {
		for range n {
			byhand.Noop()
		}
	})
	add("sum, by hand", func(n int) {
		for range n {
			sink += byhand.Sum(1, 2, 3)
		}
	})
	add("mark, by hand", func(n int) {
		for range n {
			note := must(byhand.Mark(byhand.Note{ID: 7, Time: 8, Score: 9.5, Name: name}))
			textSink = note.Name
			sink += note.ID
		}
	})
	add("put, lent by hand", func(n int) {
		for range n {
			sink += byhand.PutLent(blob)
		}
	})
	add("put, copied by hand", func(n int) {
		for range n {
			sink += byhand.PutCopied(blob)
		}
	})
	add("get, lent by hand", func(n int) {
		for range n {
			bytesSink = byhand.GetLent(len(blob))
		}
	})
	add("scan, by hand", func(n int) {
		for range n {
			byhand.Scan(scanned, func(entries []byhand.Entry) { sink += entries[len(entries)-1].Size })
		}
	})
	add("get, copied by hand", func(n int) {
		for range n {
			bytesSink = byhand.GetOwned(len(blob))
		}
	})
}
