package main

import "testing"

func TestMoreClasses_isAFindingBeyondTheTolerance(t *testing.T) {
	folder := t.TempDir()
	if err := writeClasses(folder, 1000); err != nil {
		t.Fatal(err)
	}
	for classes, expected := range map[int]int{500: 0, 1000: 0, 1090: 0, 1110: 1} {
		if findings, err := moreClasses(folder, classes); err != nil || len(findings) != expected {
			t.Errorf("%d: %v, %v", classes, findings, err)
		}
	}
}

func TestMoreClasses_withoutBaseline_isAnError(t *testing.T) {
	if _, err := moreClasses(t.TempDir(), 1); err == nil {
		t.Error("no error")
	}
}
