module zerospan.example/till

go 1.22
