module zerospan.example/demo

go 1.22
