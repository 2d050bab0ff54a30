module example.com/engine/ffi/tests/eth

go 1.26

require example.com/engine/ffi v0.0.0

replace example.com/engine/ffi => ../../
