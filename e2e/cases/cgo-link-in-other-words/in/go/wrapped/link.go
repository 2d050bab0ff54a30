package wrapped

/*
#cgo linux,amd64 LDFLAGS: -Wl,-Bstatic,-lworded_wrapped,-Bdynamic
int worded_wrapped_value(void);
*/
import "C"

func Value() int { return int(C.worded_wrapped_value()) }
