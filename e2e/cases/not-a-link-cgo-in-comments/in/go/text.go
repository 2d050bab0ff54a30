package mentioned

// Text is a template of a preamble.
const Text = `
#cgo LDFLAGS: -lmentioned
`
