package systemlike

/*
#cgo LDFLAGS: -lz -lm /usr/lib/libsystemlike.a -Wl,-soname,libsystemlike.so
#include <zlib.h>
*/
import "C"
