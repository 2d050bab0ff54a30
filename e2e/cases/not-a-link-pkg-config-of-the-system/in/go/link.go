package pkg

/*
#cgo pkg-config: openssl
#include <openssl/ssl.h>
*/
import "C"
