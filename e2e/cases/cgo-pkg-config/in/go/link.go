package configured

/*
#cgo pkg-config: --static configured
#cgo pkg-config: acme-described >= 0.1
int configured_value(void);
*/
import "C"

func Value() int { return int(C.configured_value()) }
