package shared

/*
#cgo LDFLAGS: ${SRCDIR}/../../rust/target/debug/libfiled_shared.so
int filed_shared_value(void);
*/
import "C"

func Value() int { return int(C.filed_shared_value()) }
