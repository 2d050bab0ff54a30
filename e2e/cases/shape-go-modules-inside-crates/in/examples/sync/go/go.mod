module example-sync

go 1.26
