module example.com/renaming

go 1.26
