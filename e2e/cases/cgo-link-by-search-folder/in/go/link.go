package searched

/*
#cgo LDFLAGS: -lsearched
int searched_value(void);
*/
import "C"

func Value() int { return int(C.searched_value()) }
