package suffixed

/*
#cgo linux,amd64 LDFLAGS: -L${SRCDIR} -lsuffixed.x86_64
#cgo linux,arm64 LDFLAGS: -L${SRCDIR} -lsuffixed.aarch64
int suffixed_value(void);
*/
import "C"

func Value() int { return int(C.suffixed_value()) }
