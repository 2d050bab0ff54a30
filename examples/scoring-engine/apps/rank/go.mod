module example.com/ranking/rank

go 1.26

require (
	example.com/ranking/grout-go v0.0.0
	example.com/ranking/scoring-go v0.0.0
)

replace (
	example.com/ranking/grout-go => ../../libs/grout/go
	example.com/ranking/scoring-go => ../../libs/scoring/go
)
