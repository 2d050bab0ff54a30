module example.com/notaproject

go 1.26
