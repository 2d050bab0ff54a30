package renaming

/*
#cgo LDFLAGS: ${SRCDIR}/../../dist/cgo-link-by-an-old-name/rust/libformer.a
int current_value(void);
*/
import "C"

func Value() int { return int(C.current_value()) }
