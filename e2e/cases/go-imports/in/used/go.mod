module example.com/importing/used

go 1.26
