// Package programs holds the sources of the programs that are built with each release of Go.
package programs

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
)

// Everything is the folder "everything", without a go.mod: its "go" line decides how the program behaves, so each
// release gets one of its own.
//
//go:embed everything/*.go
var Everything embed.FS

// Driver is a main package that uses a driver of database/sql in every way; it has to be imported beside it.
//
//go:embed driver/main.go
var Driver []byte

// Digest differs when the sources do.
func Digest() string {
	sum := sha256.New()
	files, err := fs.Glob(Everything, "everything/*.go")
	if err != nil {
		panic(err) // a pattern that is right
	}
	for _, file := range files {
		text, err := Everything.ReadFile(file)
		if err != nil {
			panic(err) // it is in the program
		}
		fmt.Fprintf(sum, "%s %d\n%s", file, len(text), text)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:6])
}
