package other

/*
#cgo LDFLAGS: -lsuffixed_tools
*/
import "C"
