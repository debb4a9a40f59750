module zerospan.example/offsets

go 1.18
