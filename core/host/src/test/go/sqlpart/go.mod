module example.com/sqlpart

go 1.22
