//go:build !grout_mock && cgo

package shelf

import (
	"strings"
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
