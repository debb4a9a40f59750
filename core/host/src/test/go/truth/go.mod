module example.com/truth

go 1.22.0

require golang.org/x/net v0.28.0

require golang.org/x/text v0.17.0 // indirect
