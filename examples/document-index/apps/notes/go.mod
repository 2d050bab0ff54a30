module example.com/notes/notes

go 1.26

require (
	example.com/notes/grout-go v0.0.0
	example.com/notes/docindex-go v0.0.0
)

replace (
	example.com/notes/grout-go => ../../libs/grout/go
	example.com/notes/docindex-go => ../../libs/docindex/go
)
