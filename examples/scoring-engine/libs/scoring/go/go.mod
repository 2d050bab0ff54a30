module example.com/ranking/scoring-go

go 1.26

require example.com/ranking/grout-go v0.0.0

replace example.com/ranking/grout-go => ../../grout/go
