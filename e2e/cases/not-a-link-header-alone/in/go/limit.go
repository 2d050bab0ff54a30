package headed

/*
#cgo CFLAGS: -I${SRCDIR}/../rust/include
#include "headed.h"
*/
import "C"

const Limit = C.HEADED_LIMIT
