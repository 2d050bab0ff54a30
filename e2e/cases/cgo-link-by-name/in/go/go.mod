module example.com/byname

go 1.26
