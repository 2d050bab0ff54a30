module example.com/seamed-go

go 1.26
