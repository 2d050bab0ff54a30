module example.com/doubtful-go

go 1.26
