module example.com/archived

go 1.26
