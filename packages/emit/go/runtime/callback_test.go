package grout

import (
	"strings"
	"sync"
	"testing"
)

// Proves O1 and O9 of objects of Go. Expected: Rust calls what it was given until it releases it, and CLOSED names what it
// calls after that, also where another object has taken its slot.
func TestRustCallsWhatItHoldsUntilItReleasesIt(t *testing.T) {
	CheckLeaks(t)
	table := NewCallbacks("Waiter", room, waiterMethods)
	number := table.Give(&waiter{})
	if !strings.Contains(LiveObjects()[len(LiveObjects())-1].String(), "Waiter, lives in Go, held by Rust") {
		t.Errorf("got %v", LiveObjects())
	}
	answers(t, &table.service, number)
	table.Release(number)
	table.Release(number)
	next := table.Give(&waiter{})
	defer table.Release(next)
	if uint32(next) != uint32(number) {
		t.Fatalf("%x is in another slot than %x: the test shows nothing", next, number)
	}
	for _, gone := range []uint64{number, 0, next + 1, next | 0xffff_ffff} {
		call := newCall(gone, 0)
		status := table.Serve(&call.Invocation)
		if failure := call.failure(); status != statusError || failure.Name != "CLOSED" || failure.Hops[0].Method != "Waiter.Answer" {
			t.Errorf("%x: got status %d and %+v", gone, status, failure)
		}
	}
}

// Proves C7 and O10. Expected: objects are found while the table grows, and nothing else is.
func TestObjectsAreFoundWhileOthersComeAndGo(t *testing.T) {
	CheckLeaks(t)
	table := NewCallbacks("Waiter", room, waiterMethods)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			var numbers []uint64
			for range 200 {
				numbers = append(numbers, table.Give(&waiter{}))
				for _, number := range numbers {
					if table.held.find(number) == nil {
						t.Errorf("%x is lost", number)
					}
				}
				if len(numbers) > 40 {
					table.Release(numbers[0])
					numbers = numbers[1:]
				}
			}
			for _, number := range numbers {
				table.Release(number)
			}
		})
	}
	group.Wait()
}

// Proves L3 of responses of Go, around the end of the tail. Expected: what is short lies inline, and longer texts in room
// of Rust, in the order in which they are written.
func TestTextsOfAResponseLieInlineOrInRoomOfRust(t *testing.T) {
	for _, length := range []int{0, 1, TailLen - 2, TailLen - 1, 10_000} {
		call, inline := newCall(0, 0), InlineTail{}
		text := strings.Repeat("x", length)
		tail := call.Tail(room, &inline, length+2)
		tail.Text(text)
		tail.Bytes([]byte("yz"))
		got := string(inline[:min(length+2, TailLen)])
		if length+2 > TailLen {
			got = string(call.room)
		}
		if got != text+"yz" || (call.room == nil) != (length+2 <= TailLen) {
			t.Errorf("%d: got %q", length, got)
		}
	}
}
