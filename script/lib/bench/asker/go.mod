module zerospan/bench/asker

go 1.22
