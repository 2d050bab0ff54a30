package grout

import (
	"fmt"
	"log/slog"
)

// Redacted is shown in the place of a value that the contract calls redacted. For generated code.
type Redacted struct{}

// Format writes the same with every verb.
func (Redacted) Format(state fmt.State, _ rune) {
	_, _ = state.Write([]byte("<redacted>"))
}

// Shown is what may be shown of a message with redacted fields. For generated code.
type Shown []ShownField

// ShownField is one field, its value or [Redacted].
type ShownField struct {
	Name  string
	Value any
}

// FormatAs writes the fields as the package fmt does those of a struct of the given name.
func (s Shown) FormatAs(state fmt.State, verb rune, name string) {
	isGo, hasNames := verb == 'v' && state.Flag('#'), verb == 'v' && state.Flag('+')
	separator := " "
	if isGo {
		fmt.Fprint(state, name)
		separator = ", "
	}
	fmt.Fprint(state, "{")
	for i, field := range s {
		if i > 0 {
			fmt.Fprint(state, separator)
		}
		if isGo || hasNames {
			fmt.Fprint(state, field.Name, ":")
		}
		fmt.Fprintf(state, fmt.FormatString(state, verb), field.Value)
	}
	fmt.Fprint(state, "}")
}

// LogValue is a group with the fields.
func (s Shown) LogValue() slog.Value {
	attributes := make([]slog.Attr, len(s))
	for i, field := range s {
		value := field.Value
		if _, isRedacted := value.(Redacted); isRedacted {
			value = fmt.Sprint(value)
		}
		attributes[i] = slog.Any(field.Name, value)
	}
	return slog.GroupValue(attributes...)
}
