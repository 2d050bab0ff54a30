package searched

/*
#cgo LDFLAGS: -L${SRCDIR}/../new/target/release
*/
import "C"
