module example.com/mentioned-go

go 1.26
