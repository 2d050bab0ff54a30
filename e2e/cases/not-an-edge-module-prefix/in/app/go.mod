module example.com/beginsapp

go 1.26
