//go:build !grout_mock

package notes

import (
	"errors"
	"strings"
	"sync"
	"testing"

	grout "example.com/acme/grout-go"
)

func connected(t testing.TB) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func repeat(t *testing.T, req RepeatRequest) RepeatResponse {
	t.Helper()
	resp, err := connected(t).Repeat(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	times := int(req.Times)
	if resp.Title != strings.Repeat(req.Title, times) || resp.Footer != strings.Repeat(req.Footer, times) ||
		string(resp.Body) != strings.Repeat(string(req.Body), times) {
		t.Errorf("got %+v of %+v", resp, req)
	}
	return resp
}

func TestShortTextAndBytesTravelInline(t *testing.T) {
	repeat(t, RepeatRequest{Title: "grüße, 世界", Body: []byte{0, 255, 0}, Footer: "a\x00b", Times: 1})
}

func TestLengthsAroundTheEndOfTheTail(t *testing.T) {
	for length := grout.TailLen - 2; length <= grout.TailLen+2; length++ {
		repeat(t, RepeatRequest{Title: strings.Repeat("x", length-1), Footer: "y", Times: 1})
		repeat(t, RepeatRequest{Body: make([]byte, length), Times: 1})
	}
}

func TestLongTextAndBytesSpill(t *testing.T) {
	repeat(t, RepeatRequest{Title: "abc", Body: []byte("de"), Footer: "f", Times: 100_000})
	repeat(t, RepeatRequest{Title: "one long part alone", Times: 100_000})
}

func TestEmptyIsEmpty(t *testing.T) {
	if resp := repeat(t, RepeatRequest{Body: []byte{}, Times: 3}); resp.Body != nil {
		t.Errorf("got %v, want nil for no bytes", resp.Body)
	}
}

// Proves C5, nothing is shared, and O12, what is not said is copied. Expected: a change of one side is seen by no other.
func TestTheResponseIsIndependentOfRustAndOfTheRequest(t *testing.T) {
	body := []byte(strings.Repeat("a", 1000))
	first := repeat(t, RepeatRequest{Body: body, Times: 1})
	body[0] = 'b'
	repeat(t, RepeatRequest{Body: body, Times: 1})
	if string(first.Body) != strings.Repeat("a", 1000) {
		t.Error("an earlier response has changed")
	}
}

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	_, err := connected(t).Repeat(t.Context(), RepeatRequest{Title: "fine", Footer: "ab\xff"})
	var failure *grout.Error
	if !errors.Is(err, grout.ErrInvalidArgument) || !errors.As(err, &failure) {
		t.Fatalf("got %v", err)
	}
	if !strings.HasPrefix(failure.Message, "footer: not valid UTF-8 at byte 2") || failure.Method != "Notes.Repeat" {
		t.Errorf("got %+v", failure)
	}
}

func TestManyGoroutinesCallAtOnce(t *testing.T) {
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for range 200 {
				repeat(t, RepeatRequest{Title: strings.Repeat("z", i), Body: []byte{byte(i)}, Times: uint32(i * 20)})
			}
		})
	}
	group.Wait()
}

func TestOneAllocationPerText(t *testing.T) {
	client, ctx := connected(t), t.Context()
	note := Note{ID: 7, Time: 8, Score: 9.5, Name: "document-key-0123456789"}
	allocations := testing.AllocsPerRun(100, func() {
		if resp, err := client.Score(ctx, note); err != nil || resp.Name != "document-key-0123456789-x" {
			t.Errorf("got %+v, %v", resp, err)
		}
	})
	if allocations != 1 {
		t.Errorf("%v allocations", allocations)
	}
}

func BenchmarkScore(b *testing.B) {
	client, ctx := connected(b), b.Context()
	note := Note{ID: 7, Time: 8, Score: 9.5, Name: "document-key-0123456789"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Score(ctx, note); err != nil {
			b.Fatal(err)
		}
	}
}
