package mentioned

/*
// for a static build: #cgo LDFLAGS: -lmentioned
// #cgo LDFLAGS: -lmentioned
*/
import "C"
