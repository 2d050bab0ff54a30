package grout

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// written writes a message of a test as Go would, and equal messages alike. Pointers and views are followed, what is not a
// number equals itself, and nothing is redacted: values of tests are made up.
func written(message any) string {
	return write(reflect.ValueOf(message))
}

func write(v reflect.Value) string {
	if isNothing(v) {
		return "nil"
	}
	switch v := v.Interface().(type) {
	case time.Time:
		return fmt.Sprintf("time.Unix(%d, %d).In(%v)", v.Unix(), v.Nanosecond(), v.Location())
	case *View:
		return fmt.Sprintf("grout.NewView(%#v)", v.Bytes())
	case *TextView:
		return fmt.Sprintf("grout.NewTextView(%q)", v.Text())
	case *Buffer:
		return fmt.Sprintf("grout.BufferOf(%#v)", v.Bytes())
	case []byte:
		return fmt.Sprintf("%#v", v)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return "&" + write(v.Elem())
	case reflect.Interface:
		return write(v.Elem())
	case reflect.Struct:
		return writeFields(v)
	case reflect.Slice:
		return writeItems(v)
	case reflect.Map:
		return writeEntries(v)
	}
	return fmt.Sprintf("%#v", v.Interface())
}

func isNothing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return v.IsNil()
	}
	return false
}

// writeFields leaves out what is as in a new message.
func writeFields(v reflect.Value) string {
	var fields []string
	for i := range v.NumField() {
		field := v.Field(i)
		if value := write(field); value != write(reflect.Zero(field.Type())) {
			fields = append(fields, v.Type().Field(i).Name+": "+value)
		}
	}
	return composite(v, fields)
}

func writeItems(v reflect.Value) string {
	var items []string
	for i := range v.Len() {
		items = append(items, write(v.Index(i)))
	}
	return composite(v, items)
}

func writeEntries(v reflect.Value) string {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return compareKeys(a.Interface(), b.Interface()) })
	var entries []string
	for _, key := range keys {
		entries = append(entries, write(key)+": "+write(v.MapIndex(key)))
	}
	return composite(v, entries)
}

func composite(v reflect.Value, parts []string) string {
	return v.Type().String() + "{" + strings.Join(parts, ", ") + "}"
}
