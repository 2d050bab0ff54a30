module example.com/withdata

go 1.26
