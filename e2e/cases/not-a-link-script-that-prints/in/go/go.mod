module example.com/printed-go

go 1.26
