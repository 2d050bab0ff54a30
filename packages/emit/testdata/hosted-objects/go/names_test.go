package journal

import "testing"

// What users may well call their own, beside what is generated in the same package.
var (
	journalObjects = map[string]Journal{}
	cursorObjects  = map[string]Cursor{}
)

type (
	journalsOpenIn  struct{}
	journalsOpenOut struct{}
)

// NewServer is a name that a package of a service is likely to have.
func NewServer() Journals { return NewShelf(nil) }

// NewJournalObjects is one that a package of journals may have.
func NewJournalObjects() int { return len(journalObjects) + len(cursorObjects) }

func identity(name string) string { return name }

func serveJournalsOpen(journalsOpenIn) journalsOpenOut { return journalsOpenOut{} }

func packNextRequest(req NextRequest) NextRequest { return req }

func TestNamesOfTheUserAreFree(t *testing.T) {
	if NewServer() == nil || NewJournalObjects() != 0 || identity("log") != "log" {
		t.Error("they are not what they are here")
	}
	_, _ = serveJournalsOpen(journalsOpenIn{}), packNextRequest(NextRequest{})
}
