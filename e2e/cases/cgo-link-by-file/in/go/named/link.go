package named

/*
#cgo LDFLAGS: -L../../rust/target/debug -l:libfiled_named.a
int filed_named_value(void);
*/
import "C"

func Value() int { return int(C.filed_named_value()) }
