module example.com/systemlike-go

go 1.26
