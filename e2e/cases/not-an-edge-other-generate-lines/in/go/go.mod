module example.com/idle-go

go 1.26
