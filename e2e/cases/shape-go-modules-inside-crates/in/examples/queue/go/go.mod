module example-queue

go 1.26

require example.com/go-bridge v0.0.0

replace example.com/go-bridge => ../../../
