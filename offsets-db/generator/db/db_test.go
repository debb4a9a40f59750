package db

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"zerospan.example/offsets/fields"
)

var goid = fields.Field{Struct: "runtime.g", Path: "goid"}

func at(version string, offset int64) Measurement {
	return Measurement{version, map[fields.Field]int64{goid: offset}}
}

func without(version string) Measurement { return Measurement{Version: version} }

func merged(measured ...Measurement) []Range {
	return Merge("std", Provenance{}, measured).Structs[goid.Struct][goid.Path]
}

func TestMerge_sameOffset_isOneRange(t *testing.T) {
	if got, want := merged(at("1.18", 152), at("1.19", 152)), []Range{{"1.18", "1.19", 152}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMerge_movedAndBack_isThreeRanges(t *testing.T) {
	got := merged(at("1.22", 152), at("1.23", 160), at("1.24", 160), at("1.25", 152))
	want := []Range{{"1.22", "1.22", 152}, {"1.23", "1.24", 160}, {"1.25", "1.25", 152}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMerge_fieldMissingBetween_isNotBridged(t *testing.T) {
	got := merged(at("1.22", 152), without("1.23"), at("1.24", 152))
	if want := []Range{{"1.22", "1.22", 152}, {"1.24", "1.24", 152}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestContradictions_movedField_isNamed(t *testing.T) {
	file := Merge("std", Provenance{}, []Measurement{at("1.22", 152)})
	got := file.Contradictions(at("1.22", 160), func(Range) bool { return true })
	if want := []string{"std 1.22: runtime.g.goid is at 160, not 152"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWrite_nothingNew_keepsTheDate(t *testing.T) {
	name := filepath.Join(t.TempDir(), "std.json")
	for _, date := range []string{"2026-01-01", "2026-02-02"} {
		if err := Merge("std", Provenance{Date: date}, []Measurement{at("1.22", 152)}).Write(name); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(text), "2026-01-01") {
		t.Errorf("%v: %s", err, text)
	}
}
