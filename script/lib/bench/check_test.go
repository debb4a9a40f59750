package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const kernel = "6.18.1"

func TestBaseline_writtenAndRead_isTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "budgets.csv")
	want := baseline{kernel, []count{{"/hello", runs, 1000}, {"start", verified, 12_000}}}
	if err := want.write(path); err != nil {
		t.Fatal(err)
	}
	got, err := readBaseline(path)
	if err != nil || got.kernel != kernel || !slices.Equal(got.counts, want.counts) {
		t.Errorf("baseline = %v, %v; want %v", got, err, want)
	}
}

func TestBaseline_dearer_saysWhatRose(t *testing.T) {
	b := baseline{kernel, []count{{"/hello: start", runs, 1000}, {"start", verified, 12_000}}}
	for want, measured := range map[string]count{
		"/hello: start: runs for 1,000 requests rose from 1000 to 1001":              {"/hello: start", runs, 1001},
		"/hello: start: runs for 1,000 requests fell from 1000 to 999":               {"/hello: start", runs, 999},
		"start: instructions that the verifier looks at rose from 12000 to 12500":    {"start", verified, 12_500},
		"end: instructions that the verifier looks at are 1 and not in the baseline": {"end", verified, 1},
		"/hello: start: runs for 1,000 requests fell from 1000 to none":              {"start", verified, 12_000},
	} {
		if all := b.findings(kernel, []count{measured}); !strings.Contains(strings.Join(all, "\n"), want) {
			t.Errorf("findings = %q, want %q", all, want)
		}
	}
}

func TestBaseline_withinTheTolerance_findsNothing(t *testing.T) {
	b := baseline{kernel, []count{{"start", verified, 12_000}, {"start", loaded, 500}}}
	if all := b.findings(kernel, []count{{"start", verified, 12_100}, {"start", loaded, 300}}); len(all) > 0 {
		t.Errorf("findings = %q, want none", all)
	}
	if all := b.findings("6.1.0", []count{{"start", verified, 14_000}}); len(all) > 0 {
		t.Errorf("findings on another kernel = %q, want none", all)
	}
}
