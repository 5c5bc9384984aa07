// Package locale names a language to Fyne where the system names none. Fyne
// reads the locale when it is initialised, takes "C.UTF-8", the usual one of
// servers and containers, for a mistake, and says so on the terminal.
//
// The package works by being imported: it hangs on nothing but the standard
// library, so it is initialised before Fyne's language package, which needs
// packages with later import paths.
package locale

import (
	"os"
	"strings"
)

func init() { name(os.Getenv, os.Setenv) }

// name sets LANGUAGE where the locale is a C one with an encoding.
func name(get func(string) string, set func(name, value string) error) {
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := get(key)
		if v == "" {
			continue
		}
		if strings.HasPrefix(v, "C.") && get("LANGUAGE") == "" {
			_ = set("LANGUAGE", "en") // a name and a value that always can be set
		}
		return
	}
}
