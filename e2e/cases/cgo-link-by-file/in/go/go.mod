module example.com/byfile

go 1.26
