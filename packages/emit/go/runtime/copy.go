package grout

import (
	"bytes"
	"fmt"
	"time"
	"unicode/utf8"
)

// Copier copies a message as crossing the boundary does: nothing of the copy is shared with the original, what is empty
// is nil, times are in UTC, and what the contract does not allow is refused in the words of the other side. It is how a
// mock behaves like what it stands for. For generated code.
type Copier struct {
	place
	depth int
	// isPacked says whether this is below a list, a map, a oneof or a message that contains itself: only there depth
	// counts, as only there it is packed.
	isPacked bool
	// views are those that nobody gets when the copy fails, or panics.
	views []*View
	// opening is that of the views.
	opening Opening
}

// CopyRequest copies what a caller passes; what the contract does not allow is an invalid argument.
func CopyRequest[T any](request T, copy func(*Copier, T) T) (T, error) {
	return copied(request, copy, ErrInvalidArgument)
}

// CopyResponse copies what an implementation answers; what the contract does not allow is an invalid response.
func CopyResponse[T any](response T, copy func(*Copier, T) T) (T, error) {
	return copied(response, copy, ErrInvalidResponse)
}

func copied[T any](message T, copy func(*Copier, T) T, kind *Kind) (T, error) {
	var copier Copier
	defer copier.releaseViews()
	result := copy(&copier, message)
	if copier.failed() {
		var zero T
		return zero, kind.New(copier.text())
	}
	copier.views = nil
	return result, nil
}

func (c *Copier) releaseViews() {
	for _, view := range c.views {
		_ = view.Release()
	}
}

// At says which field the next value belongs to.
func (c *Copier) At(field string) *Copier {
	c.field = field
	return c
}

// Limit refuses what is longer than the contract allows: bytes of a text, items of a list.
func (c *Copier) Limit(length, most int) {
	if length > most {
		c.fail(fmt.Sprintf("its length is %d, the contract allows %d at most", length, most))
	}
}

// Text refuses what is not UTF-8.
func (c *Copier) Text(v string) string {
	if !utf8.ValidString(v) {
		c.fail(notUTF8(invalidUTF8([]byte(v))))
	}
	return v
}

// Bytes copies bytes; none give nil.
func (c *Copier) Bytes(v []byte) []byte {
	if len(v) == 0 {
		return nil
	}
	return bytes.Clone(v)
}

// OptionalBytes copies bytes; they are nil only when they are not there.
func (c *Copier) OptionalBytes(v []byte) []byte {
	return bytes.Clone(v)
}

// Time copies a point in time; it refuses one that the contract does not know.
func (c *Copier) Time(v time.Time) time.Time {
	t, reason := timeOf(v.Unix(), uint32(v.Nanosecond()))
	if reason != "" {
		c.fail(reason)
	}
	return t
}

// Unknown refuses a value that is no alternative of its oneof, such as a pointer to one.
func (c *Copier) Unknown(v any) {
	c.fail(noAlternative(v))
}

// Enter begins a message that can contain itself; it reports false when it lies too deep.
func (c *Copier) Enter() bool {
	if !c.isPacked {
		return true
	}
	if c.depth == maxDepth {
		c.fail(tooDeep)
		return false
	}
	c.depth++
	return !c.failed()
}

// Leave ends a message that Enter began.
func (c *Copier) Leave() {
	if c.isPacked {
		c.depth--
	}
}

// CopyPlain copies a number, a flag, an enum or a span of time: all of them can cross.
func CopyPlain[T any](_ *Copier, v T) T {
	return v
}

// CopyNested copies a message that is flattened into the one around it; nil when it is not there.
func CopyNested[T any](c *Copier, v *T, copy func(*Copier, T) T) *T {
	if v == nil {
		return nil
	}
	field, hadFailed := c.enter()
	result := copy(c, *v)
	c.leave(field, hadFailed)
	return &result
}

// CopyOptional copies what may be absent; nil when it is.
func CopyOptional[T any](c *Copier, v *T, copy func(*Copier, T) T) *T {
	if v == nil {
		return nil
	}
	result := CopyMessage(c, *v, copy)
	return &result
}

// CopyMessage copies a value that is packed.
func CopyMessage[T any](c *Copier, v T, copy func(*Copier, T) T) T {
	field, hadFailed := c.enter()
	wasPacked := c.isPacked
	c.isPacked = true
	result := copy(c, v)
	c.isPacked = wasPacked
	c.leave(field, hadFailed)
	return result
}

// CopyList copies a list; an empty one gives nil.
func CopyList[T any](c *Copier, items []T, copy func(*Copier, T) T) []T {
	if len(items) == 0 {
		return nil
	}
	return CopyMessage(c, items, func(c *Copier, items []T) []T {
		copies := make([]T, 0, len(items))
		for i := 0; i < len(items) && !c.failed(); i++ {
			c.field = ""
			copies = append(copies, copy(c, items[i]))
			c.inItem(i)
		}
		return copies
	})
}

// CopyMap copies a map; an empty one gives nil.
func CopyMap[K comparable, V any](c *Copier, entries map[K]V, key func(*Copier, K) K, value func(*Copier, V) V) map[K]V {
	if len(entries) == 0 {
		return nil
	}
	return CopyMessage(c, entries, func(c *Copier, entries map[K]V) map[K]V {
		copies := make(map[K]V, len(entries))
		for k, v := range entries {
			if c.failed() {
				break
			}
			c.field = ""
			copies[key(c, k)] = value(c, v)
			c.inItem(len(copies) - 1)
		}
		return copies
	})
}

func (c *Copier) inItem(at int) {
	if c.failed() {
		c.path = joinPath(fmt.Sprintf("[%d]", at), c.path)
	}
}

// CopyObject hands on what stands behind a handle as it is: an object is not copied.
func CopyObject[T any](_ *Copier, object T) T {
	return object
}
