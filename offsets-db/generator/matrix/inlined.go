package matrix

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
)

// inlines is true if the debug information of the program has the function's body inside another function.
func inlines(program, function string) (bool, error) {
	file, err := elf.Open(program)
	if err != nil {
		return false, err
	}
	defer file.Close()
	data, err := file.DWARF()
	if err != nil {
		return false, fmt.Errorf("%s: %w", program, err)
	}
	bodies := map[dwarf.Offset]bool{} // of functions that are inlined somewhere
	var of dwarf.Offset
	for entries := data.Reader(); ; {
		entry, err := entries.Next()
		if err != nil {
			return false, fmt.Errorf("%s: %w", program, err)
		}
		if entry == nil {
			return bodies[of], nil
		}
		switch entry.Tag {
		case dwarf.TagInlinedSubroutine:
			if origin, ok := entry.Val(dwarf.AttrAbstractOrigin).(dwarf.Offset); ok {
				bodies[origin] = true
			}
		case dwarf.TagSubprogram:
			if name, _ := entry.Val(dwarf.AttrName).(string); name == function && entry.Val(dwarf.AttrInline) != nil {
				of = entry.Offset
			}
		}
	}
}
