package grout

import (
	"encoding/binary"
	"errors"
)

// The bytes of an error on its way between the sides: Protobuf's wire format, as docs/spec/errors.md of nx-grout lays it
// down. Absent fields are not written and unknown ones not read, so that either side may be the newer one.

const (
	wireNumber  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
)

type wireWriter struct {
	out []byte
}

func (w *wireWriter) number(field, value uint64) {
	if value != 0 {
		w.out = binary.AppendUvarint(w.out, field<<3|wireNumber)
		w.out = binary.AppendUvarint(w.out, value)
	}
}

func (w *wireWriter) signed(field uint64, value int32) {
	w.number(field, uint64(int64(value)))
}

func (w *wireWriter) text(field uint64, text string) {
	if text != "" {
		w.bytes(field, []byte(text))
	}
}

func (w *wireWriter) bytes(field uint64, bytes []byte) {
	w.out = binary.AppendUvarint(w.out, field<<3|wireBytes)
	w.out = binary.AppendUvarint(w.out, uint64(len(bytes)))
	w.out = append(w.out, bytes...)
}

func (w *wireWriter) nested(field uint64, write func(*wireWriter)) {
	var inner wireWriter
	write(&inner)
	w.bytes(field, inner.out)
}

// wireValue is a field as it was written. One of another kind than the reader expects reads as absent.
type wireValue struct {
	number uint64
	text   string
}

func (v wireValue) signed() int32 {
	return int32(v.number)
}

var errMalformed = errors.New("malformed")

// readWire shows each field of a message. Texts are parts of data, which is copied nowhere.
func readWire(data string, each func(field uint64, value wireValue) error) error {
	for data != "" {
		tag, ok := readUvarint(&data)
		if !ok {
			return errMalformed
		}
		value, ok := readValue(&data, tag&7)
		if !ok {
			return errMalformed
		}
		if err := each(tag>>3, value); err != nil {
			return err
		}
	}
	return nil
}

func readValue(data *string, kind uint64) (value wireValue, ok bool) {
	length := uint64(0)
	switch kind {
	case wireNumber:
		value.number, ok = readUvarint(data)
		return value, ok
	case wireFixed64:
		length = 8
	case wireFixed32:
		length = 4
	case wireBytes:
		if length, ok = readUvarint(data); !ok {
			return value, false
		}
	default:
		return value, false
	}
	if length > uint64(len(*data)) {
		return value, false
	}
	value.text, *data = (*data)[:length], (*data)[length:]
	return value, true
}

func readUvarint(data *string) (value uint64, ok bool) {
	for at := 0; at < len(*data) && at < binary.MaxVarintLen64; at++ {
		char := (*data)[at]
		value |= uint64(char&0x7f) << (7 * at)
		if char < 0x80 {
			*data = (*data)[at+1:]
			return value, true
		}
	}
	return 0, false
}
