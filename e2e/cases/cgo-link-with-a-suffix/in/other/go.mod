module example.com/suffixedother

go 1.26
