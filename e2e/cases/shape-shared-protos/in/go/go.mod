module example.com/chat/go

go 1.26
