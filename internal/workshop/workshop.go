package workshop

import (
	"crypto/rand"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/mapwright/mapwright/internal/fonts"
	"github.com/mapwright/mapwright/internal/pluginhost"
)

// Config says where a Workshop keeps its state. The zero value is the
// person's own.
type Config struct {
	// DataDir holds purse, account, keys, runs and plugins. "" is the place
	// that the system provides for it.
	DataDir string
	// Account is the address of an account server, https://…, or BuiltIn; "" is
	// what the settings say, and where they say nothing the built-in account.
	Account string
	// Machine and Material are ids, or NoMachine; "" is what the settings say.
	Machine, Material string
	// PluginDirs are looked through before the usual ones.
	PluginDirs []string
	// FontDirs are where fonts are installed; nil is where the system keeps them.
	FontDirs []string
	// Clock and Rand are the system's by default.
	Clock func() time.Time
	Rand  io.Reader
	// Logger takes what plugins and credits have to say beside their results;
	// nil drops it.
	Logger *slog.Logger
}

// Workshop is the place where maps are made. It is cheap to open; what a use
// case needs it opens itself and closes again.
type Workshop struct {
	Config
	contacts *contacts
	fonts    *fonts.Computer
}

// Open fills in what the config leaves out.
func Open(c Config) (*Workshop, error) {
	if c.DataDir == "" {
		dir, err := defaultDataDir()
		if err != nil {
			return nil, err
		}
		c.DataDir = dir
	}
	dir, err := filepath.Abs(c.DataDir)
	if err != nil {
		return nil, err
	}
	c.DataDir = dir
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Workshop{c, &contacts{last: map[string]contact{}}, &fonts.Computer{Dirs: c.FontDirs}}, nil
}

// defaultDataDir is the person's own data directory. On Windows it is the
// local one: a roaming one would clone the purse to other computers.
func defaultDataDir() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "Mapwright"), nil
		}
	case "darwin":
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, "Library", "Application Support", "Mapwright"), nil
		}
	default:
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "mapwright"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", usage("no home folder is set, so there is no place for credits and settings: name one with --data-dir")
	}
	return filepath.Join(home, ".local", "share", "mapwright"), nil
}

// plugins looks for format plugins beside the program, in the data directory
// and where the config says.
func (w *Workshop) plugins() *pluginhost.Host {
	dirs := append([]string{}, w.PluginDirs...)
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		dirs = append(dirs, filepath.Join(filepath.Dir(exe), "plugins"))
	}
	dirs = append(dirs, filepath.Join(w.DataDir, "plugins"))
	return pluginhost.New(pluginhost.Config{Dirs: dirs, Logger: w.Logger})
}
