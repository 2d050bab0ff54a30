module example.com/placing

go 1.26
