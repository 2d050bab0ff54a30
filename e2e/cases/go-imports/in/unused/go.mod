module example.com/importing/unused

go 1.26
