package quoted

/*
#cgo LDFLAGS: "-L${SRCDIR}/../../my libraries" "-lworded_quoted"
int worded_quoted_value(void);
*/
import "C"

func Value() int { return int(C.worded_quoted_value()) }
