module example.com/go-bridge

go 1.26
