package grout

import (
	"fmt"
	"time"
)

// The first and the last second of what a contract calls a Timestamp: years 1 to 9999.
const (
	firstTimestamp = -62135596800
	lastTimestamp  = 253402300799
)

// Timestamp makes a time of seconds since the Unix epoch and nanoseconds, which Rust vouches for. For generated code.
func Timestamp(seconds int64, nanos uint32) time.Time {
	return time.Unix(seconds, int64(nanos)).UTC()
}

// timeOf is the time, or why it is none.
func timeOf(seconds int64, nanos uint32) (time.Time, string) {
	if seconds < firstTimestamp || seconds > lastTimestamp || nanos > 999_999_999 {
		return time.Time{}, fmt.Sprintf("%d s and %d ns since 1970 are no time between the years 1 and 9999", seconds, nanos)
	}
	return Timestamp(seconds, nanos), ""
}

// Seconds of a time since the Unix epoch; 0 when there is none. For generated code.
func Seconds(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return t.Unix()
}

// Nanos is the part of a time below the second, in nanoseconds; 0 when there is none. For generated code.
func Nanos(t *time.Time) uint32 {
	if t == nil {
		return 0
	}
	return uint32(t.Nanosecond())
}

// Optional points to a copy of v, or is nil when there is none. For generated code.
func Optional[T any](isThere bool, v T) *T {
	if !isThere {
		return nil
	}
	return &v
}
