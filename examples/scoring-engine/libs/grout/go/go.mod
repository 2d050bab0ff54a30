module example.com/ranking/grout-go

go 1.26
