package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const ringType = "27" // BPF_MAP_TYPE_RINGBUF

// ringPositions sums up how many bytes were ever written to the ring buffers that a process holds.
func ringPositions(pid int) (uint64, error) {
	infos, err := filepath.Glob(fmt.Sprintf("/proc/%d/fdinfo/*", pid))
	if err != nil {
		return 0, err
	}
	ids := map[uint32]bool{} // a process may hold a map more than once
	for _, path := range infos {
		text, _ := os.ReadFile(path) // or closed meanwhile
		said := map[string]string{}
		for _, line := range strings.Split(string(text), "\n") {
			key, value, _ := strings.Cut(line, ":")
			said[key] = strings.TrimSpace(value)
		}
		if id := uint32(0); said["map_type"] == ringType {
			fmt.Sscan(said["map_id"], &id)
			ids[id] = true
		}
	}
	sum := uint64(0)
	for id := range ids {
		position, err := ringPosition(id)
		if err != nil {
			return 0, err
		}
		sum += position
	}
	return sum, nil
}

// ringPosition reads where the kernel writes next: the first number of the second page.
func ringPosition(id uint32) (uint64, error) {
	attributes := make([]byte, 12)
	binary.NativeEndian.PutUint32(attributes, id)
	fd, err := bpf(bpfGetMapFdByID, attributes)
	if err != nil {
		return 0, fmt.Errorf("open BPF map %d: %w", id, err)
	}
	defer syscall.Close(fd)
	page := os.Getpagesize()
	memory, err := syscall.Mmap(fd, int64(page), page, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return 0, fmt.Errorf("map the ring buffer %d: %w", id, err)
	}
	defer syscall.Munmap(memory)
	return binary.NativeEndian.Uint64(memory), nil
}
