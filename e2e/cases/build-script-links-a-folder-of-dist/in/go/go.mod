module example.com/piecework

go 1.26
