package placing

/*
#cgo LDFLAGS: -L${SRCDIR}/../../dist/not-a-link-place-without-a-name/rust -lm
int placed_value(void);
*/
import "C"

func Value() int { return int(C.placed_value()) }
