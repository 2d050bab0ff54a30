module example.com/notes/grout-go

go 1.26
