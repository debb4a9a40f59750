module example.com/hasty

go 1.22
