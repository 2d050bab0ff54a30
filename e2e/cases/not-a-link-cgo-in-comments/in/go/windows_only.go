//go:build linux

package mentioned

/*
#cgo windows LDFLAGS: -lmentioned
*/
import "C"
