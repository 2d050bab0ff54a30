package mentioned

// #cgo LDFLAGS: -lmentioned

import "C"
