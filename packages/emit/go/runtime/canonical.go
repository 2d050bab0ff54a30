package grout

import "strconv"

// Canonical is a code of google.rpc.Code, by its number: what an error is to gRPC, to gateways and proxies.
type Canonical int32

// The canonical codes. Zero means success, so that no error has it.
const (
	CanonicalCancelled          Canonical = 1
	CanonicalUnknown            Canonical = 2
	CanonicalInvalidArgument    Canonical = 3
	CanonicalDeadlineExceeded   Canonical = 4
	CanonicalNotFound           Canonical = 5
	CanonicalAlreadyExists      Canonical = 6
	CanonicalPermissionDenied   Canonical = 7
	CanonicalResourceExhausted  Canonical = 8
	CanonicalFailedPrecondition Canonical = 9
	CanonicalAborted            Canonical = 10
	CanonicalOutOfRange         Canonical = 11
	CanonicalUnimplemented      Canonical = 12
	CanonicalInternal           Canonical = 13
	CanonicalUnavailable        Canonical = 14
	CanonicalDataLoss           Canonical = 15
	CanonicalUnauthenticated    Canonical = 16
)

var canonicalNames = [...]string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
	"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
	"INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
}

// String returns the name as google.rpc.Code has it.
func (c Canonical) String() string {
	if c >= 0 && int(c) < len(canonicalNames) {
		return canonicalNames[c]
	}
	return "code " + strconv.Itoa(int(c))
}

// canonical is what a code is to others when the contract gives it no code of its own.
func (r Retry) canonical() Canonical {
	switch r {
	case RetryNever:
		return CanonicalFailedPrecondition
	case RetryBackoff:
		return CanonicalUnavailable
	case RetryAfterRefresh:
		return CanonicalAborted
	}
	return CanonicalUnknown
}
