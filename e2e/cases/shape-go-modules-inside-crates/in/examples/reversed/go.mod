module example-reversed

go 1.26
