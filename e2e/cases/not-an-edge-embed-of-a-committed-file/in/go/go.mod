module example.com/committed-go

go 1.26
