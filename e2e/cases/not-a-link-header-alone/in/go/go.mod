module example.com/headed-go

go 1.26
