package pluginhost

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"log/slog"
	"maps"
	"os"
	"slices"

	"github.com/mapwright/mapwright/plugins/client"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Deadlines say how long a plugin may be silent; 0 is without end.
type Deadlines = client.Deadlines

// Config says where plugins are and how they are run.
type Config struct {
	// Dirs are the directories that hold ID/VERSION/plugin. Where two hold the
	// same version, the first counts. One that is not there holds nothing.
	Dirs []string
	// DevelopmentDirs are more of them, whose plugins are being written: they go
	// before all of Dirs, their program need not match its manifest's hash, and
	// they have no deadlines.
	DevelopmentDirs []string
	// Deadlines of plugins; the zero value takes client.DefaultDeadlines.
	Deadlines Deadlines
	// TempDir is where private directories of plugins are made; "" is the
	// system's. Socket names allow its path about 60 bytes.
	TempDir string
	// Logger hears of plugins that are broken, start and end; nil: nobody does.
	Logger *slog.Logger
	// Launcher makes the launcher of a plugin from its opened, verified program;
	// nil runs it unconfined.
	Launcher func(program *os.File) client.Launcher
}

// Host runs the plugins of some directories. It keeps no state between calls:
// what is installed is read each time.
type Host struct{ config Config }

// New makes a host.
func New(config Config) *Host {
	if config.Deadlines == (Deadlines{}) {
		config.Deadlines = client.DefaultDeadlines()
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if config.Launcher == nil {
		config.Launcher = func(program *os.File) client.Launcher {
			return client.Command{Path: program.Name(), Program: runnable(program)}
		}
	}
	return &Host{config: config}
}

// Installed is one version of an installed plugin.
type Installed struct {
	// Manifest is what the plugin says of itself. Of one that is broken only
	// the ID and Version of its folder may be known.
	Manifest sdk.Manifest
	// Dir holds its files.
	Dir string
	// Development says that it is being written: no deadlines, no hash.
	Development bool
	// Signer is the key that signed its manifest; nil where nobody did. That a
	// signature holds does not say that its key is trusted.
	Signer ed25519.PublicKey
	// Err is an BrokenError where the plugin can't be used.
	Err error

	program string // hexadecimal SHA-256 of the executable, from the manifest
}

// List gives all that is installed, by format id, newest version first, with
// what is broken. It stops early, with what it has, when ctx ends.
func (h *Host) List(ctx context.Context) []Installed {
	var all []Installed
	for i, dir := range slices.Concat(h.config.DevelopmentDirs, h.config.Dirs) {
		for _, found := range readDir(ctx, dir, i < len(h.config.DevelopmentDirs)) {
			if found.Err != nil {
				h.config.Logger.Warn("plugin can't be used", "dir", found.Dir, "error", found.Err)
			}
			all = append(all, found)
		}
	}
	slices.SortStableFunc(all, func(a, b Installed) int {
		return cmp.Or(
			cmp.Compare(a.Manifest.ID, b.Manifest.ID),
			sdk.CompareVersions(b.Manifest.Version, a.Manifest.Version))
	})
	return all
}

// Find gives the plugin of a format: one in development, or else the newest
// version that is not broken. The error is UnknownFormatError, or BrokenError where
// all versions are broken.
func (h *Host) Find(id string) (Installed, error) {
	known := map[string]bool{}
	var best, broken *Installed
	for _, p := range h.List(context.Background()) {
		if p.Err == nil {
			known[p.Manifest.ID] = true
		}
		if p.Manifest.ID != id {
			continue
		}
		switch {
		case p.Err != nil && broken == nil:
			broken = &p
		case p.Err == nil && (best == nil || p.Development && !best.Development):
			best = &p
		}
	}
	switch {
	case best != nil:
		return *best, nil
	case broken != nil:
		return Installed{}, broken.Err
	default:
		return Installed{}, UnknownFormatError{ID: id, Known: slices.Sorted(maps.Keys(known))}
	}
}
