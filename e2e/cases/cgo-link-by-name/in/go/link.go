package byname

/*
#cgo LDFLAGS: -L${SRCDIR}/../rust/target/release -lby_name -lm
int by_name_value(void);
*/
import "C"

func Value() int { return int(C.by_name_value()) }
