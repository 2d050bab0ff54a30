//go:build !grout_mock && cgo

package shelf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"example.com/acme/grout-go"
)

func connected(t *testing.T) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// Proves O13, a loan for the call. Expected: Rust sees the address of the bytes of Go.
func TestWhatIsLentIsNotCopied(t *testing.T) {
	author := "Ada"
	for _, size := range []int{1, 1 << 20} {
		body := make([]byte, size)
		resp, err := connected(t).Look(t.Context(), LookRequest{
			Title: "grüße", Body: body, Author: &author, Mark: &Shelfmark{Room: "north", Place: 7}, Copied: "c",
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(body)))); resp.BodyAddress != want {
			t.Errorf("Rust sees %d bytes at %#x, they are at %#x", size, resp.BodyAddress, want)
		}
		for _, part := range []string{`title: "grüße"`, `author: Some("Ada")`, `room: "north"`, `copied: "c"`} {
			if !strings.Contains(resp.Seen, part) {
				t.Errorf("%s is not in %.200s", part, resp.Seen)
			}
		}
	}
}

func TestWhatIsLentAndRedactedIsNotShown(t *testing.T) {
	resp, err := connected(t).Look(t.Context(), LookRequest{Seal: []byte{77, 78}})
	if err != nil || strings.Contains(resp.Seen, "77") || !strings.Contains(resp.Seen, "seal: ") {
		t.Errorf("%v, %v", resp, err)
	}
}

// Proves O13 of packed values. Expected: text is UTF-8 all the same.
func TestPackedPartsAreLentAsWell(t *testing.T) {
	word := func(text string) Query { return Query{Of: QueryOfWord{Value: text}} }
	inner := Query{Of: QueryOfJoined{Value: Joined{Queries: []Query{word("a"), word("b")}}}}
	resp, err := connected(t).Count(t.Context(), CountRequest{
		Words: []string{"x", "y"},
		Parts: map[string][]byte{"p": {1, 2}, "q": {3}},
		Query: &Query{Of: QueryOfJoined{Value: Joined{Queries: []Query{inner, word("c")}}}},
	})
	if err != nil || resp != (CountResponse{Words: 5, PartBytes: 3}) {
		t.Errorf("got %+v, %v", resp, err)
	}
	query := word("b\xff")
	_, err = connected(t).Count(t.Context(), CountRequest{Query: &query})
	grout.CheckError(t, "Rust", err, grout.ErrInvalidArgument, "Shelf.Count", "query.of.word: not valid UTF-8 at byte 1; pass text as UTF-8, or declare the field as bytes")
}

// Proves O16, views of a response. Expected: what is shared is that of Rust, and what is given away its own.
func TestAViewShowsWhatRustKeeps(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	body := make([]byte, 1<<20)
	body[0] = 7
	if _, err := client.Keep(t.Context(), KeepRequest{Key: "big", Body: body}); err != nil {
		t.Fatal(err)
	}
	first, err := client.Get(t.Context(), GetRequest{Key: "big"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := client.Get(t.Context(), GetRequest{Key: "big"})
	if err != nil {
		t.Fatal(err)
	}
	if unsafe.SliceData(first.Body.Bytes()) != unsafe.SliceData(second.Body.Bytes()) {
		t.Error("two views show two copies")
	}
	if first.Owners != 1 || second.Owners != 2 {
		t.Errorf("got %d and %d owners, want 1 and 2", first.Owners, second.Owners)
	}
	if first.Body.Len() != 1<<20 || first.Body.Bytes()[0] != 7 || first.Reversed.Bytes()[1<<20-1] != 7 {
		t.Errorf("got %v, %v", first.Body, first.Reversed)
	}
	if err := first.Release(); err != nil {
		t.Error(err)
	}
	if err := first.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if _, err := client.Keep(t.Context(), KeepRequest{Key: "big", Body: nil}); err != nil {
		t.Fatal(err)
	}
	if second.Body.Bytes()[0] != 7 {
		t.Error("a view does not outlive what was kept")
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
}

func TestViewsOfManyGoroutines(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	if _, err := client.Keep(t.Context(), KeepRequest{Key: "shared", Body: []byte("shared")}); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				resp, err := client.Get(context.Background(), GetRequest{Key: "shared"})
				if err != nil || string(resp.Body.Bytes()) != "shared" || string(resp.Reversed.Bytes()) != "derahs" {
					t.Errorf("got %v, %v", resp, err)
				}
				if err := resp.Release(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func TestNoBytesNeedNoRelease(t *testing.T) {
	grout.CheckLeaks(t)
	resp, err := connected(t).Get(t.Context(), GetRequest{Key: "no such key"})
	if err != nil || resp.Body != nil || resp.Reversed.Bytes() != nil {
		t.Errorf("got %v, %v", resp, err)
	}
}

func TestAViewThatIsTooLongIsRefused(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	if _, err := client.Keep(t.Context(), KeepRequest{Key: "long", Body: make([]byte, 2_000_001)}); err != nil {
		t.Fatal(err)
	}
	_, err := client.Get(t.Context(), GetRequest{Key: "long"})
	want := "reversed: its length is 2000001, the contract allows 2000000 at most"
	grout.CheckError(t, "Rust", err, grout.ErrInvalidResponse, "Shelf.Get", want)
	mock := NewMock(t)
	mock.ExpectGet(GetRequest{}).Return(GetResponse{Reversed: grout.NewView(make([]byte, 2_000_001))}, nil)
	_, err = NewWith(mock).Get(t.Context(), GetRequest{})
	grout.CheckError(t, "the mock", err, grout.ErrInvalidResponse, "Shelf.Get", want)
}

// Proves O19, the views of the mock. Expected: copies, which are listed and released as those of Rust are.
func TestTheMockHandsOutViews(t *testing.T) {
	grout.CheckLeaks(t)
	mock := NewMock(t)
	mock.ExpectGet(GetRequest{Key: "a"}).Times(2).Return(GetResponse{Body: grout.NewView([]byte("b"))}, nil)
	for range 2 {
		resp, err := NewWith(mock).Get(t.Context(), GetRequest{Key: "a"})
		if err != nil || string(resp.Body.Bytes()) != "b" || resp.Reversed != nil {
			t.Errorf("got %v, %v", resp, err)
		}
		if text := fmt.Sprintf("%+v", resp); !strings.Contains(text, "Body:view of 1 bytes Reversed:<redacted>") {
			t.Error(text)
		}
		if first, second := resp.Release(), resp.Release(); first != nil || !errors.Is(second, grout.ErrClosed) {
			t.Errorf("got %v, %v", first, second)
		}
	}
}

// keepText has Rust keep a text of two lines, a short and a long one.
func keepText(t *testing.T, client *Client, key string) string {
	t.Helper()
	text := "größer\n" + strings.Repeat("x", 1<<20)
	if _, err := client.Keep(t.Context(), KeepRequest{Key: key, Body: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	return text
}

// Proves O26, a view of a text. Expected: a string that lies in Rust, a part of it that lies there too, and what was made
// for the caller.
func TestAViewOfATextShowsWhatRustKeeps(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	text := keepText(t, client, "text")
	first, err := client.Read(t.Context(), ReadRequest{Key: "text"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := client.Read(t.Context(), ReadRequest{Key: "text"})
	if err != nil {
		t.Fatal(err)
	}
	if unsafe.StringData(first.Text.Text()) != unsafe.StringData(second.Text.Text()) ||
		unsafe.StringData(first.Text.Text()) != unsafe.StringData(second.Card.Title.Text()) {
		t.Error("views of one text show copies")
	}
	if first.Owners != 1 || second.Owners != 4 || first.Text.Text() != text || first.Text.Len() != len(text) {
		t.Errorf("got %d and %d owners, want 1 and 4: %v", first.Owners, second.Owners, first.Text)
	}
	if first.Card.Title.Text() != "größer" || first.Card.Shouted.Text() != "GRÖSSER" || first.Card.Kind != "plain" {
		t.Errorf("got %q, %q, %q", first.Card.Title.Text(), first.Card.Shouted.Text(), first.Card.Kind)
	}
	shown := fmt.Sprintf("%v %+v", first.Text, first)
	if len(shown) > 1000 || !strings.Contains(shown, "view of a text of ") {
		t.Errorf("got %.200s", shown)
	}
	kept := first.Text.Clone()
	if err := errors.Join(first.Release(), second.Release()); err != nil {
		t.Error(err)
	}
	if kept != text {
		t.Error("a clone does not outlive the view")
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, grout.ErrClosed) {
			t.Errorf("Text of a released view panics with %v", err)
		}
	}()
	_ = first.Text.Text()
}

// Proves O27, views in messages of a response. Expected: one Release for all of them, and none where a message is absent.
func TestViewsLieInMessagesOfAResponse(t *testing.T) {
	client := connected(t)
	keepText(t, client, "nested")
	before := len(grout.LiveObjects())
	resp, err := client.Read(t.Context(), ReadRequest{Key: "nested"})
	if err != nil {
		t.Fatal(err)
	}
	if open := len(grout.LiveObjects()) - before; open != 4 {
		t.Errorf("%d views are open, want 4", open)
	}
	body, err := client.Get(t.Context(), GetRequest{Key: "nested"})
	if err != nil || unsafe.SliceData(body.Body.Bytes()) != unsafe.SliceData(resp.Card.Scan.Body.Bytes()) {
		t.Errorf("the scan is not what is kept: %v, %v", resp, err)
	}
	if len(resp.Card.Breaks) != 1 || resp.Card.Breaks[0] != 8 {
		t.Errorf("got %v", resp.Card.Breaks)
	}
	if err := errors.Join(body.Release(), resp.Release()); err != nil {
		t.Error(err)
	}
	if open := len(grout.LiveObjects()) - before; open != 0 {
		t.Errorf("%d views are open after Release", open)
	}
	if err := resp.Card.Scan.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
	resp, err = client.Read(t.Context(), ReadRequest{Key: "no such key"})
	if err != nil || resp.Text != nil || resp.Text.Text() != "" || resp.Card != nil || resp.Release() != nil {
		t.Errorf("got %v, %v", resp, err)
	}
}

// Proves O16 of limits of views that lie deeper. Expected: the path of the field, from Rust and from the mock.
func TestANestedViewThatIsTooLongIsRefused(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	long := strings.Repeat("ß", 21)
	if _, err := client.Keep(t.Context(), KeepRequest{Key: "long title", Body: []byte(long)}); err != nil {
		t.Fatal(err)
	}
	_, err := client.Read(t.Context(), ReadRequest{Key: "long title"})
	want := "card.title: its length is 42, the contract allows 40 at most"
	grout.CheckError(t, "Rust", err, grout.ErrInvalidResponse, "Shelf.Read", want)
	mock := NewMock(t)
	card := &Card{Title: grout.NewTextView(long), Scan: &Scan{Body: grout.NewView([]byte("b"))}}
	mock.ExpectRead(ReadRequest{}).Return(ReadResponse{Text: grout.NewTextView("a"), Card: card}, nil)
	_, err = NewWith(mock).Read(t.Context(), ReadRequest{})
	grout.CheckError(t, "the mock", err, grout.ErrInvalidResponse, "Shelf.Read", want)
}

// Proves O19 of texts, and of views that lie deeper. Expected: copies, which are listed and released as those of Rust are.
func TestTheMockHandsOutViewsOfTexts(t *testing.T) {
	grout.CheckLeaks(t)
	mock := NewMock(t)
	card := &Card{Title: grout.NewTextView("b"), Scan: &Scan{Body: grout.NewView([]byte("c"))}}
	mock.ExpectRead(ReadRequest{Key: "a"}).Return(ReadResponse{Text: grout.NewTextView("grüße"), Card: card}, nil)
	before := len(grout.LiveObjects())
	resp, err := NewWith(mock).Read(t.Context(), ReadRequest{Key: "a"})
	if err != nil || resp.Text.Text() != "grüße" || resp.Card.Title.Text() != "b" || string(resp.Card.Scan.Body.Bytes()) != "c" {
		t.Errorf("got %v, %v", resp, err)
	}
	if open := len(grout.LiveObjects()) - before; open != 3 {
		t.Errorf("%d views are open, want 3", open)
	}
	if err := resp.Release(); err != nil {
		t.Error(err)
	}
	mock.ExpectRead(ReadRequest{Key: "b"}).Return(ReadResponse{Text: grout.NewTextView("b\xff")}, nil)
	_, err = NewWith(mock).Read(t.Context(), ReadRequest{Key: "b"})
	grout.CheckError(t, "the mock", err, grout.ErrInvalidResponse, "Shelf.Read", "text: not valid UTF-8 at byte 1; pass text as UTF-8, or declare the field as bytes")
}

// Proves O27 of lists. Expected: what Rust keeps, once in an item and once in a list, all of it released at once.
func TestViewsLieInLists(t *testing.T) {
	client := connected(t)
	text := keepText(t, client, "listed")
	if _, err := client.Keep(t.Context(), KeepRequest{Key: "no text", Body: []byte{0xff}}); err != nil {
		t.Fatal(err)
	}
	before := len(grout.LiveObjects())
	resp, err := client.Browse(t.Context(), BrowseRequest{Keys: []string{"listed", "no such key", "no text"}})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := client.Get(t.Context(), GetRequest{Key: "listed"})
	if err != nil {
		t.Fatal(err)
	}
	first := unsafe.SliceData(kept.Body.Bytes())
	if unsafe.SliceData(resp.Pages[0].Scan.Body.Bytes()) != first || unsafe.SliceData(resp.Bodies[0].Bytes()) != first {
		t.Error("a list shows a copy")
	}
	if kept.Owners != 5 || resp.Pages[0].Text.Text() != text || len(resp.Texts) != 1 || resp.Texts[0].Text() != text {
		t.Errorf("%d own what is kept, want 5: %v", kept.Owners, resp.Texts)
	}
	if resp.Pages[1].Key != "no such key" || resp.Pages[1].Text != nil || resp.Pages[1].Scan != nil || resp.Bodies[1] != nil {
		t.Errorf("got %v, %v", resp.Pages[1], resp.Bodies[1])
	}
	if resp.Pages[2].Text != nil || string(resp.Pages[2].Scan.Body.Bytes()) != "\xff" || string(resp.Bodies[2].Clone()) != "\xff" {
		t.Errorf("got %v, %v", resp.Pages[2], resp.Bodies[2])
	}
	if open := len(grout.LiveObjects()) - before - 2; open != 6 {
		t.Errorf("%d views are open, want 6", open)
	}
	if err := errors.Join(kept.Release(), resp.Release()); err != nil {
		t.Error(err)
	}
	if open := len(grout.LiveObjects()) - before; open != 0 {
		t.Errorf("%d views are open after Release", open)
	}
	if err := resp.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Proves O27 of messages that are absent. Expected: their Release has nothing to do, as that of a nil view has.
func TestAMessageThatIsAbsentMayBeReleased(t *testing.T) {
	resp, err := connected(t).Read(t.Context(), ReadRequest{Key: "no such key"})
	if err != nil || resp.Card != nil {
		t.Fatalf("got %v, %v", resp, err)
	}
	if err := resp.Card.Release(); err != nil {
		t.Error(err)
	}
	page := &Page{}
	if err := errors.Join(page.Scan.Release(), page.Release()); err != nil {
		t.Error(err)
	}
}

// Proves O17 of messages in lists. Expected: releasing an item releases the item of the list, whose second time is CLOSED.
func TestAnItemOfAListIsReleasedByItself(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	keepText(t, client, "item")
	resp, err := client.Browse(t.Context(), BrowseRequest{Keys: []string{"item", "item"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range resp.Pages {
		if err := page.Release(); err != nil {
			t.Error(err)
		}
	}
	if err := resp.Pages[0].Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := resp.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Proves O27 of a response that is refused when views of it are packed. Expected: none of them keeps anything.
func TestAListThatIsRefusedOwnsNothing(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	keepText(t, client, "refused")
	keys := []string{"refused", "refused", "refused", "refused"}
	_, err := client.Browse(t.Context(), BrowseRequest{Keys: keys})
	want := "bodies: its length is 4, the contract allows 3 at most"
	grout.CheckError(t, "Rust", err, grout.ErrInvalidResponse, "Shelf.Browse", want)
	kept, err := client.Get(t.Context(), GetRequest{Key: "refused"})
	if err != nil || kept.Owners != 1 {
		t.Errorf("%d own what is kept, %v", kept.Owners, err)
	}
	if err := kept.Release(); err != nil {
		t.Error(err)
	}
	mock := NewMock(t)
	bodies := []*grout.View{grout.NewView([]byte("a")), nil, nil, nil}
	mock.ExpectBrowse(BrowseRequest{}).Return(BrowseResponse{Pages: []Page{{Text: grout.NewTextView("a")}}, Bodies: bodies}, nil)
	_, err = NewWith(mock).Browse(t.Context(), BrowseRequest{})
	grout.CheckError(t, "the mock", err, grout.ErrInvalidResponse, "Shelf.Browse", want)
}

// Proves O19 of lists. Expected: copies, which are listed and released as those of Rust are.
func TestTheMockHandsOutListsOfViews(t *testing.T) {
	grout.CheckLeaks(t)
	mock := NewMock(t)
	mock.ExpectBrowse(BrowseRequest{}).Return(BrowseResponse{
		Pages:  []Page{{Key: "a", Text: grout.NewTextView("b"), Scan: &Scan{Body: grout.NewView([]byte("c"))}}},
		Bodies: []*grout.View{nil, grout.NewView([]byte("d"))},
		Texts:  []*grout.TextView{grout.NewTextView("e")},
	}, nil)
	before := len(grout.LiveObjects())
	resp, err := NewWith(mock).Browse(t.Context(), BrowseRequest{})
	if err != nil || resp.Pages[0].Text.Text() != "b" || resp.Bodies[0] != nil || string(resp.Bodies[1].Bytes()) != "d" || resp.Texts[0].Text() != "e" {
		t.Errorf("got %v, %v", resp, err)
	}
	if open := len(grout.LiveObjects()) - before; open != 4 {
		t.Errorf("%d views are open, want 4", open)
	}
	if err := resp.Release(); err != nil {
		t.Error(err)
	}
}

func TestABenchmarkReleasesWhatItIsShown(t *testing.T) {
	grout.CheckLeaks(t)
	keepText(t, connected(t), "key")
	if result := testing.Benchmark(BenchmarkBoundaryGet); result.N == 0 {
		t.Error("it does not run")
	}
}
