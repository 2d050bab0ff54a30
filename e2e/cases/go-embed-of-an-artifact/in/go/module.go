package embedded

import _ "embed"

//go:embed assets/embedded_module.wasm
var Module []byte
