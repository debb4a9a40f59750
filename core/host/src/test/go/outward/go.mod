module zerospan.example/outward

go 1.21
