#!/bin/sh
# CGO_LDFLAGS="-lprinted" go build .
echo 'to link it: CGO_LDFLAGS="-lprinted" go build .'
