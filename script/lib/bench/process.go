package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// cpuTime is what all threads of a process have used so far, to the nanosecond; the figures in /proc have 10 ms.
func cpuTime(pid int) (time.Duration, error) {
	const schedClock = 2 // CPUCLOCK_SCHED, of the whole process
	var spec syscall.Timespec
	clock := uintptr(^uint32(pid)<<3 | schedClock)
	_, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&spec)), 0)
	if errno != 0 {
		return 0, fmt.Errorf("read the CPU clock of process %d: %w", pid, errno)
	}
	return time.Duration(spec.Nano()), nil
}

// residentBytes is the memory that a process has in RAM.
func residentBytes(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// machine says where the figures were measured.
func machine() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	model, cores := "unknown processor", 0
	for _, line := range strings.Split(string(info), "\n") {
		key, value, _ := strings.Cut(line, ":")
		switch strings.TrimSpace(key) {
		case "model name":
			model = strings.TrimSpace(value)
		case "processor":
			cores++
		}
	}
	return fmt.Sprintf("%d cores of %s, kernel %s", cores, model, kernelRelease())
}

func loadAverage() float64 {
	text, _ := os.ReadFile("/proc/loadavg")
	value, _ := strconv.ParseFloat(strings.Fields(string(text) + " 0")[0], 64)
	return value
}

func kernelRelease() string {
	text, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	return strings.TrimSpace(string(text))
}
