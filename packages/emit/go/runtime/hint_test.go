package grout

import "testing"

// Rule E4
func TestPlaceholdersBecomeArguments(t *testing.T) {
	args := []Arg{{"holder", "42 {pid}"}, {"n", "7"}}
	for hint, want := range map[string]string{
		"":                    "",
		"close it":            "close it",
		"wait for {holder}":   "wait for 42 {pid}",
		"{n}{n} of {holder}!": "77 of 42 {pid}!",
		"ask {owner} or wait": "ask {owner?} or wait",
		"{{n}} is {n}}}":      "{n} is 7}",
		"open {":              "open {",
		"close }":             "close }",
		"}{":                  "}{",
	} {
		if got := renderHint(hint, args); got != want {
			t.Errorf("%q: got %q, want %q", hint, got, want)
		}
	}
}

func TestAHintKnowsItsNames(t *testing.T) {
	if !showsArg("wait for {holder}", "holder") || showsArg("wait for {{holder}}", "holder") || showsArg("{holder}", "hold") {
		t.Error("a hint shows exactly the arguments of its placeholders")
	}
}
