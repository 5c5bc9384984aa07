// Package fonts finds fonts on the computer: those that are installed, by
// family or for letters that other fonts lack, and files that a maker names.
//
// Folders are looked through when a font is first asked for, once, beside
// whoever waits. Of each font only its small tables are read until it is used.
// Files are read without trust: what is damaged is as if it were not there,
// except where it was named.
package fonts

import (
	"cmp"
	"context"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/fontscan"

	"github.com/mapwright/mapwright/internal/lettering"
)

// Computer is the fonts that are installed on this computer. Its zero value
// looks where the system keeps fonts. It may be used by several goroutines.
type Computer struct {
	// Dirs are the folders that are looked through, with those in them; nil is
	// where the system keeps fonts.
	Dirs []string

	scan  sync.Once
	done  chan struct{}
	fonts []installed // read alone, once done is closed

	mutex  sync.Mutex
	loaded map[place]*lettering.Font
	chosen map[string][]*lettering.Font // by the letters that were asked for
}

// installed is a font that was found.
type installed struct {
	lettering.Description
	place
}

// place is where a font lies. A file that was written anew is another place.
type place struct {
	path    string
	index   int
	size    int64
	changed int64 // time of the last change, ns since 1970
}

// all gives the fonts that are installed, in an order that does not depend on
// where they lie.
func (c *Computer) all(ctx context.Context) ([]installed, error) {
	c.scan.Do(func() {
		c.done = make(chan struct{})
		go func() {
			defer close(c.done)
			c.fonts = find(c.dirs())
		}()
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.done:
		return c.fonts, nil
	}
}

func (c *Computer) dirs() []string {
	if c.Dirs != nil {
		return c.Dirs
	}
	// A computer without such folders has no fonts.
	dirs, _ := fontscan.DefaultFontDirectories(log.New(io.Discard, "", 0))
	return dirs
}

// Families lists the names of the installed families in the order of the
// alphabet. It waits for the folders to be looked through, or for ctx.
func (c *Computer) Families(ctx context.Context) ([]string, error) {
	all, err := c.all(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range all {
		if f.Family != "" && !strings.HasPrefix(f.Family, ".") && !unfit(f.Family) { // a dot hides a font
			names = append(names, f.Family)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
	return slices.Compact(names), nil
}

// find looks through folders for fonts.
func find(dirs []string) []installed {
	const mostFiles = 20_000
	var all []installed
	seen := map[string]bool{}
	for _, dir := range dirs {
		// A folder that can't be read has no fonts for us.
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isFontFile(path) || len(seen) >= mostFiles {
				return nil //nolint:nilerr // the others may be readable
			}
			real, err := filepath.EvalSymlinks(path)
			if err != nil || seen[real] {
				return nil //nolint:nilerr // a link to nowhere
			}
			seen[real] = true
			fonts, _ := describe(real) // damaged ones are left out
			all = append(all, fonts...)
			return nil
		})
	}
	slices.SortStableFunc(all, func(a, b installed) int {
		return cmp.Or(cmp.Compare(a.Name(), b.Name()), cmp.Compare(b.Version, a.Version), cmp.Compare(a.path, b.path),
			cmp.Compare(a.index, b.index))
	})
	return all
}

// isFontFile tells whether a name is that of a file of fonts.
func isFontFile(path string) bool {
	return slices.Contains(lettering.FileEndings(), strings.ToLower(filepath.Ext(path)))
}
