package grout

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

type secret struct{ name string }

func (s secret) Format(state fmt.State, verb rune) {
	Shown{{"Name", s.name}, {"Key", Redacted{}}}.FormatAs(state, verb, "secret")
}

func TestShownLooksLikeAStruct(t *testing.T) {
	for format, want := range map[string]string{
		"%v":  "{a <redacted>}",
		"%+v": "{Name:a Key:<redacted>}",
		"%#v": `secret{Name:"a", Key:<redacted>}`,
		"%q":  `{"a" <redacted>}`,
	} {
		if got := fmt.Sprintf(format, secret{"a"}); got != want {
			t.Errorf("%s gives %s", format, got)
		}
	}
}

func TestShownIsAnObjectInJSON(t *testing.T) {
	text, err := Shown{{"Name", "a<b"}, {"Key", Redacted{}}, {"Inner", []Shown{{{"Key", Redacted{}}}}}}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var plain strings.Builder
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(json.RawMessage(text)); err != nil {
		t.Fatal(err)
	}
	want := `{"Name":"a<b","Key":"<redacted>","Inner":[{"Key":"<redacted>"}]}` + "\n"
	if plain.String() != want {
		t.Errorf("got %s, want %s", plain.String(), want)
	}
}
