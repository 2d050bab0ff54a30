package apart

/*
#cgo LDFLAGS: -L ../../rust/target/debug -l worded_apart
int worded_apart_value(void);
*/
import "C"

func Value() int { return int(C.worded_apart_value()) }
