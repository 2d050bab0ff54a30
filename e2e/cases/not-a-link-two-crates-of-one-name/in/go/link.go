package doubtful

/*
#cgo LDFLAGS: -ldoubtful
int doubtful_value(void);
*/
import "C"

func Value() int { return int(C.doubtful_value()) }
