package fields

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"strings"
)

// FromDWARF is the offset of each field that the program has.
func FromDWARF(program string, wanted []Field) (map[Field]int64, error) {
	file, err := elf.Open(program)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := file.DWARF()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	structs, err := structs(data, wanted)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	offsets := map[Field]int64{}
	for _, field := range wanted {
		if offset, ok := offset(structs[field.Struct], field.Path); ok {
			offsets[field] = offset
		}
	}
	return offsets, nil
}

func structs(data *dwarf.Data, wanted []Field) (map[string]*dwarf.StructType, error) {
	names := map[string]bool{}
	for _, field := range wanted {
		names[field.Struct] = true
	}
	found := map[string]*dwarf.StructType{}
	for reader := data.Reader(); ; {
		entry, err := reader.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return found, nil
		}
		if entry.Tag == dwarf.TagSubprogram {
			reader.SkipChildren()
		}
		if entry.Tag != dwarf.TagStructType {
			continue
		}
		// the linker escapes dots in the last element of a package's path
		name, _ := entry.Val(dwarf.AttrName).(string)
		name = strings.ReplaceAll(name, "%2e", ".")
		if !names[name] || found[name] != nil {
			continue
		}
		kind, err := data.Type(entry.Offset)
		if err != nil {
			return nil, err
		}
		if struc, ok := kind.(*dwarf.StructType); ok && !struc.Incomplete {
			found[name] = struc
		}
	}
}

func offset(struc *dwarf.StructType, path string) (int64, bool) {
	var sum int64
	for _, name := range strings.Split(path, ".") {
		if struc == nil {
			return 0, false
		}
		var next *dwarf.StructType
		found := false
		for _, field := range struc.Field {
			if field.Name == name {
				found = true
				sum += field.ByteOffset
				next = structOf(field.Type)
			}
		}
		if !found {
			return 0, false
		}
		struc = next
	}
	return sum, true
}

func structOf(kind dwarf.Type) *dwarf.StructType {
	for {
		switch actual := kind.(type) {
		case *dwarf.TypedefType:
			kind = actual.Type
		case *dwarf.StructType:
			return actual
		default:
			return nil
		}
	}
}
