package fields

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestDeclared_alternatives_areBothWanted(t *testing.T) {
	folder := t.TempDir()
	source := `GO_FIELD_OPTIONAL(done, "database/sql.Tx", "done.v|done");
GO_FIELD(code,
	 "github.com/lib/pq.Error", "Code");`
	if err := os.WriteFile(filepath.Join(folder, "probe.bpf.c"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Declared(folder)
	want := []Field{{"database/sql.Tx", "done"}, {"database/sql.Tx", "done.v"}, {"github.com/lib/pq.Error", "Code"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestField_ofAModule_isNotStandard(t *testing.T) {
	field := Field{"github.com/lib/pq.Error", "Code"}
	if field.Standard() || field.Package() != "github.com/lib/pq" {
		t.Errorf("package %s, standard %v", field.Package(), field.Standard())
	}
}
