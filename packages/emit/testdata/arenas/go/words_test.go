//go:build !grout_mock && cgo

package words

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"example.com/acme/grout-go"
)

func split(t *testing.T, text string) (SplitResponse, error) {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client.Split(t.Context(), SplitRequest{Text: text})
}

// Proves O25, an arena is a list to Go. Expected: each item is as it was pushed, in that order.
func TestItemsArriveAsTheyWerePushed(t *testing.T) {
	resp, err := split(t, "Ada wrote\n\n1843 notes")
	if err != nil {
		t.Fatal(err)
	}
	kind := func(kind Kind) *Kind { return &kind }
	want := SplitResponse{
		Words: []Word{
			{Text: "Ada", At: 0, Kind: kind(KindName)},
			{Text: "wrote", At: 4, Kind: kind(KindUnspecified)},
			{Text: "1843", At: 11, Kind: kind(KindNumber)},
			{Text: "notes", At: 16, Kind: kind(KindUnspecified)},
		},
		Lines:   []string{"Ada wrote", "1843 notes"},
		Starts:  []uint64{0, 4, 11, 16},
		Kinds:   []Kind{KindName, KindUnspecified, KindNumber, KindUnspecified},
		Summary: &Summary{Longest: "notes"},
	}
	if !reflect.DeepEqual(resp, want) {
		t.Errorf("got  %+v\nwant %+v", resp, want)
	}
	if resp, err := split(t, ""); err != nil || !reflect.DeepEqual(resp, SplitResponse{}) {
		t.Errorf("of no words: %+v, %v", resp, err)
	}
}

// Proves O25, one piece of memory. Expected: the texts of a response lie one behind the other in it.
func TestTextsShareOnePieceOfMemory(t *testing.T) {
	resp, err := split(t, strings.Repeat("ten bytes! ", 1000))
	if err != nil {
		t.Fatal(err)
	}
	first, last := resp.Words[0].Text, resp.Words[len(resp.Words)-1].Text
	apart := uintptr(unsafe.Pointer(unsafe.StringData(last))) - uintptr(unsafe.Pointer(unsafe.StringData(first)))
	var between uintptr
	for _, word := range resp.Words[:len(resp.Words)-1] {
		// Its length before it, at and kind behind it: rule L4.
		between += 4 + uintptr(len(word.Text)) + 8 + 1 + 4
	}
	if apart != between {
		t.Errorf("the first and the last text lie %d bytes apart, not %d", apart, between)
	}
}

// Proves O25 and L8. Expected: the item and its field are named, and nothing of the list arrives.
func TestAnItemThatBreaksTheContractIsNamed(t *testing.T) {
	resp, err := split(t, "a b "+strings.Repeat("c", 65)+" d")
	grout.CheckError(t, "Rust", err, grout.ErrInvalidResponse, "Words.Split",
		"words[2].text: its length is 65, the contract allows 64 at most")
	if !reflect.DeepEqual(resp, SplitResponse{}) {
		t.Errorf("got %+v", resp)
	}
	_, err = split(t, strings.Repeat("a ", 100_001))
	grout.CheckError(t, "Rust", err, grout.ErrInvalidResponse, "Words.Split",
		"words: its length is 100001, the contract allows 100000 at most")
}
