package fields

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestDeclared_macrosAndAlternatives_areExpanded(t *testing.T) {
	folder := t.TempDir()
	source := `#define TAG(text) __attribute__((btf_decl_tag(text)))
#define FIELD(name, type, field) TAG("zs:optional_field:" type ":" field) const int name = 0
#define OF(package) FIELD(conn, package "conn", "id")
FIELD(done, "database/sql.Tx", "done.v|done");
OF("github.com/lib/pq.");
TAG("zs:span:a name") const int span = 0;`
	if err := os.Mkdir(filepath.Join(folder, "probes"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "probes", "probe.bpf.c"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Declared(folder)
	want := []Field{{"database/sql.Tx", "done"}, {"database/sql.Tx", "done.v"}, {"github.com/lib/pq.conn", "id"}}
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
