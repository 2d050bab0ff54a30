module example.com/pricing-go

go 1.26
