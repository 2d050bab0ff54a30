module example.com/suffixed-go

go 1.26
