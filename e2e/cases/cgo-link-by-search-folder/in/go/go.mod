module example.com/searched-go

go 1.26
