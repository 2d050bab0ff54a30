module example.com/ranbyrust

go 1.26
