module example.com/implier

go 1.26
