package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
)

// Window is a call of the program that asks for the window.
type Window struct {
	Config workshop.Config
	Map    string // the map to open; "": none was named
}

// AsksForWindow tells whether arguments ask for the window: there are none, or
// the first one after --data-dir and --account is a map file. All else is the
// command line's.
func AsksForWindow(args []string) (Window, bool) {
	c := command{dataDir: os.Getenv("MAPWRIGHT_DATA"), server: os.Getenv("MAPWRIGHT_ACCOUNT")}
	for len(args) > 0 && strings.HasPrefix(args[0], "--") {
		name, value, joined := strings.Cut(args[0], "=")
		if !joined {
			if len(args) < 2 {
				return Window{}, false
			}
			value, args = args[1], args[1:]
		}
		switch name {
		case "--data-dir":
			c.dataDir = value
		case "--account":
			c.server = value
		default:
			return Window{}, false
		}
		args = args[1:]
	}
	w := Window{Config: c.config()}
	switch {
	case len(args) == 0:
		return w, true
	case len(args) == 1 && strings.EqualFold(filepath.Ext(args[0]), ".gpkg"):
		w.Map = args[0]
		return w, true
	default:
		return Window{}, false
	}
}
