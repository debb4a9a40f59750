package matrix

import (
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"zerospan.example/offsets/programs"
)

// ProfileName is the CPU profile in the source folder that -pgo reads.
const ProfileName = "cpu.pprof"

const mode = 0o755

// Bench is the folder where the programs are built; what is there is not built again.
type Bench struct {
	Folder   string
	Parallel int // of the compiler, for one build
}

// Program is the file of a cell; nothing may be there yet. Other sources have other files.
func (b Bench) Program(c Cell) string {
	return filepath.Join(b.Folder, "bin", programs.Digest(), c.String(), "everything")
}

// Build makes the cell's program, unless it is there.
func (b Bench) Build(ctx context.Context, c Cell) error {
	target := b.Program(c)
	if _, err := os.Stat(target); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), mode); err != nil {
		return err
	}
	unfinished := target + ".new"
	if c.Variant.Sectionless {
		if err := removeSections(b.Program(c.Debuggable()), unfinished); err != nil {
			return err
		}
		return os.Rename(unfinished, target)
	}
	source, err := b.source(c)
	if err != nil {
		return err
	}
	args := append([]string{"build", "-buildvcs=false", fmt.Sprintf("-p=%d", b.Parallel), "-o", unfinished}, c.Variant.Flags...)
	build := exec.CommandContext(ctx, "go", append(args, ".")...)
	build.Dir = source
	build.Env = append(os.Environ(), environment(c)...)
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", c, err, out)
	}
	return os.Rename(unfinished, target)
}

func environment(c Cell) []string {
	cgo := "0"
	if c.Variant.Cgo {
		cgo = "1"
	}
	env := []string{"GOTOOLCHAIN=" + c.Release, "GOWORK=off", "GOFLAGS=", "GOOS=linux", "GOARCH=" + c.Arch,
		"CGO_ENABLED=" + cgo, "GOEXPERIMENT=" + c.Variant.Experiment}
	if c.Arch == "arm64" {
		env = append(env, "CC=aarch64-linux-gnu-gcc")
	}
	return env
}

// source writes the program's sources with a go.mod of the release.
func (b Bench) source(c Cell) (string, error) {
	folder := filepath.Join(b.Folder, "source", c.Release+"-"+c.Arch) // nobody else builds there
	if err := os.MkdirAll(folder, mode); err != nil {
		return "", err
	}
	module := fmt.Sprintf("module zerospan.example/everything\n\ngo 1.%d\n", c.Minor())
	if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte(module), 0o644); err != nil {
		return "", err
	}
	if profile, err := os.ReadFile(filepath.Join(b.Folder, ProfileName)); err == nil {
		if err := os.WriteFile(filepath.Join(folder, ProfileName), profile, 0o644); err != nil {
			return "", err
		}
	}
	files, err := fs.Glob(programs.Everything, "everything/*.go")
	if err != nil {
		return "", err
	}
	for _, file := range files {
		text, err := programs.Everything.ReadFile(file)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(file)), text, 0o644); err != nil {
			return "", err
		}
	}
	return folder, nil
}

// Profile runs the newest plain program for a CPU profile, which all builds with -pgo use.
func (b Bench) Profile(ctx context.Context) error {
	profile := filepath.Join(b.Folder, ProfileName)
	if _, err := os.Stat(profile); err == nil {
		return nil
	}
	newest := Cell{Releases[len(Releases)-1], "amd64", Variants[0]}
	if err := b.Build(ctx, newest); err != nil {
		return err
	}
	run := exec.CommandContext(ctx, b.Program(newest), profile+".new")
	if out, err := run.CombinedOutput(); err != nil {
		return fmt.Errorf("profile %s: %w\n%s", newest, err, strings.TrimSpace(string(out)))
	}
	return os.Rename(profile+".new", profile)
}

// Where the ELF header of a 64-bit file tells of the section headers.
const (
	sectionTable = 0x28
	sectionSizes = 0x3a
)

func removeSections(from, to string) error {
	file, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	binary.LittleEndian.PutUint64(file[sectionTable:], 0)
	for at := sectionSizes; at < sectionSizes+6; at++ {
		file[at] = 0
	}
	return os.WriteFile(to, file, mode)
}
