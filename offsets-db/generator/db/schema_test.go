package db

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

func TestFiles_areAsTheSchemaWants(t *testing.T) {
	schema := load(t, "../../schema.json").(map[string]any)
	files, _ := filepath.Glob("../../modules/*.json")
	for _, file := range append(files, "../../std.json") {
		for _, problem := range validate(schema, load(t, file), "") {
			t.Errorf("%s%s", file, problem)
		}
	}
}

func TestRules_areAsTheirSchemaWants(t *testing.T) {
	for _, problem := range validate(load(t, "../../rules-schema.json").(map[string]any), load(t, "../../rules.json"), "") {
		t.Error(problem)
	}
}

func TestValidate_whatTheSchemaForbids_isFound(t *testing.T) {
	schema := load(t, "../../schema.json").(map[string]any)
	for _, wrong := range []string{
		`[]`,
		`{"schema": 2, "module": "std", "provenance": {"command": "", "date": "2026-01-01", "source": "", "measured": []}, "structs": {}}`,
		`{"schema": 1, "module": "std", "structs": {}}`,
		`{"schema": 1, "module": "std", "provenance": {"command": "", "date": "today", "source": "", "measured": []}, "structs": {}}`,
		`{"schema": 1, "module": "std", "provenance": {"command": "", "date": "2026-01-01", "source": "", "measured": []},
		  "structs": {"a.B": {"c": [{"since": "1.18", "until": "1.19", "offset": -1}]}}}`,
	} {
		var value any
		if err := json.Unmarshal([]byte(wrong), &value); err != nil {
			t.Fatal(err)
		}
		if len(validate(schema, value, "")) == 0 {
			t.Errorf("accepted %s", wrong)
		}
	}
}

func load(t *testing.T, name string) any {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

// validate knows the part of JSON Schema that schema.json uses.
func validate(schema map[string]any, value any, at string) []string {
	if want, ok := schema["const"]; ok && want != value {
		return []string{fmt.Sprintf("%s: %v, not %v", at, value, want)}
	}
	switch kind := schema["type"]; actual := value.(type) {
	case map[string]any:
		if kind != "object" {
			return []string{at + ": an object"}
		}
		return validateObject(schema, actual, at)
	case []any:
		if kind != "array" {
			return []string{at + ": an array"}
		}
		var problems []string
		for i, item := range actual {
			problems = append(problems, validate(schema["items"].(map[string]any), item, fmt.Sprintf("%s/%d", at, i))...)
		}
		return problems
	case string:
		pattern, _ := schema["pattern"].(string)
		if kind != "string" || !regexp.MustCompile(pattern).MatchString(actual) {
			return []string{fmt.Sprintf("%s: %q", at, actual)}
		}
	case float64:
		least, bounded := schema["minimum"].(float64)
		if bounded && (actual < least || actual > schema["maximum"].(float64)) {
			return []string{fmt.Sprintf("%s: %v", at, actual)}
		}
	}
	return nil
}

func validateObject(schema, value map[string]any, at string) []string {
	var problems []string
	required, _ := schema["required"].([]any)
	for _, key := range required {
		if _, ok := value[key.(string)]; !ok {
			problems = append(problems, fmt.Sprintf("%s: no %v", at, key))
		}
	}
	known, _ := schema["properties"].(map[string]any)
	for key, child := range value {
		if next, ok := known[key].(map[string]any); ok {
			problems = append(problems, validate(next, child, at+"/"+key)...)
		} else if next, ok := schema["additionalProperties"].(map[string]any); ok {
			problems = append(problems, validate(next, child, at+"/"+key)...)
		} else {
			problems = append(problems, fmt.Sprintf("%s: unknown key %s", at, key))
		}
	}
	return problems
}
