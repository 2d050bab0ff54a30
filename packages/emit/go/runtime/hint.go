package grout

import "strings"

// Arg is a value that an error was given, with its name: hints show it at {name}.
type Arg struct {
	Name  string
	Value string
}

// renderHint replaces each {name} of a hint by the argument of that name, or by {name?} when there is none.
func renderHint(hint string, args []Arg) string {
	if !strings.ContainsAny(hint, "{}") {
		return hint
	}
	var text strings.Builder
	for hint != "" {
		var piece string
		var isName bool
		piece, isName, hint = cutHint(hint)
		if isName {
			piece = placed(piece, args)
		}
		text.WriteString(piece)
	}
	return text.String()
}

// showsArg reports whether a hint has a placeholder of this name.
func showsArg(hint, name string) bool {
	for hint != "" {
		var piece string
		var isName bool
		if piece, isName, hint = cutHint(hint); isName && piece == name {
			return true
		}
	}
	return false
}

// cutHint cuts the first piece off: a text, or the name in a placeholder. Doubled braces stand for themselves. Anything
// that the contract's check would refuse is text.
func cutHint(hint string) (piece string, isName bool, rest string) {
	at := strings.IndexAny(hint, "{}")
	end := strings.IndexByte(hint, '}')
	switch {
	case at < 0:
		return hint, false, ""
	case at > 0:
		return hint[:at], false, hint[at:]
	case strings.HasPrefix(hint, "{{"), strings.HasPrefix(hint, "}}"):
		return hint[:1], false, hint[2:]
	case end > 0:
		return hint[1:end], true, hint[end+1:]
	}
	return hint[:1], false, hint[1:]
}

func placed(name string, args []Arg) string {
	for _, arg := range args {
		if arg.Name == name {
			return arg.Value
		}
	}
	return "{" + name + "?}"
}
