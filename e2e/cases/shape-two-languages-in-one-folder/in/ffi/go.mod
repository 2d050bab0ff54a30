module example.com/engine/ffi

go 1.26
