package grout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
)

// Redacted is shown in the place of a value that the contract calls redacted. For generated code.
type Redacted struct{}

// Format writes the same with every verb.
func (Redacted) Format(state fmt.State, _ rune) {
	_, _ = state.Write([]byte("<redacted>"))
}

// MarshalJSON writes the same as a string.
func (r Redacted) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%q", fmt.Sprint(r)), nil
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

// MarshalJSON writes an object with the fields, for logs and traces that are made of JSON.
func (s Shown) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	// Whoever asks for the JSON escapes what has to be for HTML.
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	text.WriteByte('{')
	for i, field := range s {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, "%q:", field.Name)
		if err := encoder.Encode(field.Value); err != nil {
			return nil, err
		}
	}
	text.WriteByte('}')
	return text.Bytes(), nil
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
