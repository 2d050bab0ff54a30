module example.com/scripted-go

go 1.26
