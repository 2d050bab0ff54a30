package committed

import _ "embed"

//go:embed committed.wasm
var Module []byte
