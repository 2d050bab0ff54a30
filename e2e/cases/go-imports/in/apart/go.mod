module example.com/importing/apart

go 1.26

require (
	example.com/importing/used v0.0.0
	example.com/importing/tested v1.2.3
)

replace example.com/importing/used => ../used
