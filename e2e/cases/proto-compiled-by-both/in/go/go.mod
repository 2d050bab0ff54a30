module example.com/protoside-go

go 1.26
