package exporting

import (
	"encoding/json"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Half of the world writes a number with a comma.
func TestANumberOfAFormatMayHaveAComma(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct{ kind, typed, want string }{
		{typeNumber, "0,25", "0.25"},
		{typeNumber, " −3,5 ", "-3.5"},
		{typeInteger, "254", "254"},
		{"string", "oak, 3 mm", "oak, 3 mm"},
		{typeNumber, "1,2,3", ""},
	} {
		var o workshop.FormatOption
		got := ""
		if err := json.Unmarshal([]byte(`{"key": "k", "type": "`+c.kind+`", "default": "x"}`), &o); err != nil {
			t.Fatal(err)
		}
		f := newTextField(o, "", func(_ workshop.FormatOption, v string) { got = v })
		f.SetText(c.typed)
		f.commit()
		if got != c.want {
			t.Errorf("%q for a %s becomes %q, want %q", c.typed, c.kind, got, c.want)
		}
	}
}
