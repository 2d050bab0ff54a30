module example.com/builtbynobody

go 1.26
