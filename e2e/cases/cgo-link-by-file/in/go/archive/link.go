package archive

/*
#cgo LDFLAGS: ./libfiled_archive.a
int filed_archive_value(void);
*/
import "C"

func Value() int { return int(C.filed_archive_value()) }
