module example.com/configured-go

go 1.26
