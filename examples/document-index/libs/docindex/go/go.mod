module example.com/notes/docindex-go

go 1.26

require example.com/notes/grout-go v0.0.0

replace example.com/notes/grout-go => ../../grout/go
