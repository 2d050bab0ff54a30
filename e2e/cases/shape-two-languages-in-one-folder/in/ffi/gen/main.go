package main

import "strings"

func isFlag(line string) bool {
	return strings.HasPrefix(line, "// #cgo LDFLAGS: -lengine") // turns // // #cgo on and off
}

func main() {}
