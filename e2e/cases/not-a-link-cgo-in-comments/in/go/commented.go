package mentioned

// // #cgo LDFLAGS: -lmentioned
// #include <stdlib.h>
import "C"
