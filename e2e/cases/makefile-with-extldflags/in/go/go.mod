module example.com/ruled-go

go 1.26
