package tool

import _ "embed"

//go:embed embedded-tool
var Tool []byte
