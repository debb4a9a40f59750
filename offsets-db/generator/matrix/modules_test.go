package matrix

import (
	"reflect"
	"testing"
)

func TestSpread_manyVersions_keepsBothEnds(t *testing.T) {
	got := spread([]string{"a", "b", "c", "d", "e", "f", "g"}, 3)
	if want := []string{"a", "d", "g"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCell_pgoBeforeIt_doesNotExist(t *testing.T) {
	cell := Cell{"go1.19.13", "amd64", Variants[0]}.With("pgo")
	if cell.Exists() {
		t.Errorf("%s exists", cell)
	}
}

func TestCell_stripped_isDebuggedByItsTwin(t *testing.T) {
	cell := Cell{"go1.26.8", "arm64", Variants[0]}
	if twin := cell.With("pie-stripped").Debuggable(); twin.String() != "go1.26.8-arm64-pie" {
		t.Errorf("twin is %s", twin)
	}
}
