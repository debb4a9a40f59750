package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Lambdas and proxies differ by a few from run to run, and Java's own classes by its version.
const classesTolerance = 0.1

// The baseline's file stands beside that of the programs.
const classesFile = "classes.txt"

// loadedClasses is how many classes a Java process has loaded: what its start and its memory depend on most.
func loadedClasses(pid int) (int, error) {
	jcmd := filepath.Join(os.Getenv("JAVA_HOME"), "bin", "jcmd")
	out, err := exec.Command(jcmd, strconv.Itoa(pid), "PerfCounter.print").Output()
	if err != nil {
		return 0, fmt.Errorf("ask process %d for its classes: %w", pid, err)
	}
	sum := 0
	for lines := bufio.NewScanner(strings.NewReader(string(out))); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), "=")
		if name == "java.cls.loadedClasses" || name == "java.cls.sharedLoadedClasses" {
			count, err := strconv.Atoi(value)
			if err != nil {
				return 0, fmt.Errorf("classes of process %d: %w", pid, err)
			}
			sum += count
		}
	}
	if sum == 0 {
		return 0, fmt.Errorf("process %d does not tell how many classes it has loaded", pid)
	}
	return sum, nil
}

func writeClasses(folder string, classes int) error {
	return os.WriteFile(filepath.Join(folder, classesFile), []byte(strconv.Itoa(classes)+"\n"), 0o644)
}

// moreClasses is a finding if there are more than the baseline says.
func moreClasses(folder string, classes int) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, classesFile))
	if err != nil {
		return nil, err
	}
	usual, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", classesFile, err)
	}
	if float64(classes) <= float64(usual)*(1+classesTolerance) {
		return nil, nil
	}
	return []string{fmt.Sprintf("the host loads %d classes instead of %d", classes, usual)}, nil
}
