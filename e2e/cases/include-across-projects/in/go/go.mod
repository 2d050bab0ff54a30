module example.com/included

go 1.26
