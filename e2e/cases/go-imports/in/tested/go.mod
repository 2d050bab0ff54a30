module example.com/importing/tested

go 1.26
