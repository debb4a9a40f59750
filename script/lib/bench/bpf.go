package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

// bpfProgram is what the kernel says of a loaded program.
type bpfProgram struct {
	name         string
	runs         uint64
	nanoseconds  uint64
	instructions uint32 // that the verifier has looked at
	loaded       uint32 // instructions that the kernel made of it
	jited        uint32 // bytes of machine code
}

// Numbers of linux/bpf.h.
const (
	bpfSyscall      = 321 // on amd64
	bpfGetFdByID    = 13
	bpfGetMapFdByID = 14
	bpfInfoByFd     = 15
	bpfEnableStats  = 32
	bpfStatsRunTime = 0
)

func bpf(command uintptr, attributes []byte) (int, error) {
	fd, _, errno := syscall.Syscall(bpfSyscall, command, uintptr(unsafe.Pointer(&attributes[0])), uintptr(len(attributes)))
	if errno != 0 {
		return -1, errno
	}
	return int(fd), nil
}

// countRuns lets the kernel measure each run of each program until the answer is closed; that costs some 30 ns a run.
func countRuns() (int, error) {
	attributes := make([]byte, 4)
	attributes[0] = bpfStatsRunTime
	fd, err := bpf(bpfEnableStats, attributes)
	if err != nil {
		return -1, fmt.Errorf("switch on the kernel's BPF statistics: %w", err)
	}
	return fd, nil
}

// programsOf lists the programs that a process holds.
func programsOf(pid int) (map[uint32]bpfProgram, error) {
	infos, err := filepath.Glob(fmt.Sprintf("/proc/%d/fdinfo/*", pid))
	if err != nil {
		return nil, err
	}
	programs := map[uint32]bpfProgram{}
	for _, path := range infos {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // closed meanwhile
		}
		id := uint32(0)
		for _, line := range strings.Split(string(text), "\n") {
			if value, is := strings.CutPrefix(line, "prog_id:"); is && strings.Contains(string(text), "prog_jited:") {
				fmt.Sscan(value, &id)
			}
		}
		if id == 0 {
			continue
		}
		if programs[id], err = programInfo(id); err != nil {
			return nil, err
		}
	}
	return programs, nil
}

func programInfo(id uint32) (bpfProgram, error) {
	attributes := make([]byte, 16)
	*(*uint32)(unsafe.Pointer(&attributes[0])) = id
	fd, err := bpf(bpfGetFdByID, attributes)
	if err != nil {
		return bpfProgram{}, fmt.Errorf("open BPF program %d: %w", id, err)
	}
	defer syscall.Close(fd)
	// struct bpf_prog_info
	info := make([]byte, 256)
	attributes = make([]byte, 16)
	*(*uint32)(unsafe.Pointer(&attributes[0])) = uint32(fd)
	*(*uint32)(unsafe.Pointer(&attributes[4])) = uint32(len(info))
	*(*uint64)(unsafe.Pointer(&attributes[8])) = uint64(uintptr(unsafe.Pointer(&info[0])))
	if _, err = bpf(bpfInfoByFd, attributes); err != nil {
		return bpfProgram{}, fmt.Errorf("ask about BPF program %d: %w", id, err)
	}
	u32 := func(at int) uint32 { return *(*uint32)(unsafe.Pointer(&info[at])) }
	u64 := func(at int) uint64 { return *(*uint64)(unsafe.Pointer(&info[at])) }
	const jitedLength, loadedLength, instructionSize, name, runTime, runCount, verified = 16, 20, 8, 64, 192, 200, 216
	return bpfProgram{
		name:         string(bytes.TrimRight(info[name:name+16], "\x00")),
		loaded:       u32(loadedLength) / instructionSize,
		jited:        u32(jitedLength),
		nanoseconds:  u64(runTime),
		runs:         u64(runCount),
		instructions: u32(verified),
	}, nil
}
