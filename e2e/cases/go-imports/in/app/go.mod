module example.com/importing/app

go 1.26
