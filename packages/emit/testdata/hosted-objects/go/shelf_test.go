package journal

import (
	"errors"
	"slices"
	"testing"
)

func TestALineThatIsWrittenIsRead(t *testing.T) {
	shelf := NewShelf(nil)
	if _, err := shelf.Open(t.Context(), OpenRequest{}); !errors.Is(err, ErrNoName) {
		t.Errorf("got %v, want ErrNoName", err)
	}
	journal, err := shelf.Open(t.Context(), OpenRequest{Name: "log"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Write(t.Context(), WriteRequest{Line: "first"}); err != nil {
		t.Error(err)
	}
	cursor, err := journal.Read(t.Context(), ReadRequest{})
	if err != nil {
		t.Fatal(err)
	}
	next, err := cursor.Next(t.Context(), NextRequest{})
	if err != nil || next.Line == nil || *next.Line != "first" {
		t.Errorf("got %+v and %v", next, err)
	}
	if err := errors.Join(cursor.Close(), journal.Close()); err != nil {
		t.Error(err)
	}
	closed, err := shelf.Closed(t.Context(), ClosedRequest{})
	if want := []string{"cursor of log", "log"}; err != nil || !slices.Equal(closed.Names, want) {
		t.Errorf("got %q and %v, want %q", closed.Names, err, want)
	}
}
