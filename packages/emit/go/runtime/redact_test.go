package grout

import (
	"fmt"
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
