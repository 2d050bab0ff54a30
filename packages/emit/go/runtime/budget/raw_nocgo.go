//go:build !cgo

package budget

const canCallRaw = false

func rawCall() {}
