package locale

import "testing"

func TestOnlyTheLocaleWithoutALanguageGetsOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"LANG": "C.UTF-8"}, "en"},
		{map[string]string{"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"}, "en"},
		{map[string]string{"LANG": "de_DE.UTF-8"}, ""},
		{map[string]string{"LANG": "C"}, ""},
		{map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "fr"},
		{map[string]string{}, ""},
	} {
		name(func(k string) string { return c.env[k] }, func(k, v string) error { c.env[k] = v; return nil })
		if got := c.env["LANGUAGE"]; got != c.want {
			t.Errorf("LANGUAGE is %q, want %q", got, c.want)
		}
	}
}
