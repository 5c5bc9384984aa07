package pluginhost

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/plugins/sdk"
)

// readDir gives what is installed in ID/VERSION folders of a directory.
func readDir(ctx context.Context, dir string, development bool) []Installed {
	var found []Installed
	for _, id := range folders(dir) {
		for _, version := range folders(filepath.Join(dir, id)) {
			if ctx.Err() != nil {
				return found
			}
			p := Installed{
				Manifest:    sdk.Manifest{ID: id, Version: version},
				Dir:         filepath.Join(dir, id, version),
				Development: development,
			}
			if err := p.read(); err != nil {
				p.Err = BrokenError{Dir: p.Dir, Err: err}
			}
			found = append(found, p)
		}
	}
	return found
}

// folders gives the names of the folders in dir, less hidden ones, in the order
// of their names. What can't be read has none: it is no place for plugins.
func folders(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(dir, e.Name())) // follows links
		if err == nil && info.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

// read reads manifest and signature.
func (p *Installed) read() error {
	data, err := readFile(filepath.Join(p.Dir, sdk.ManifestName), sdk.MaxManifest)
	if err != nil {
		return err
	}
	file, err := sdk.ReadManifest(data)
	if err != nil {
		return err
	}
	if file.ID != p.Manifest.ID || file.Version != p.Manifest.Version {
		return fmt.Errorf("its folder says %s %s, its manifest %s %s",
			p.Manifest.ID, p.Manifest.Version, file.ID, file.Version)
	}
	p.Manifest = file.Manifest
	p.program = file.Files[sdk.ProgramName]
	if p.program == "" && !p.Development {
		return fmt.Errorf("its manifest does not name the hash of %q", sdk.ProgramName)
	}
	signature, err := readFile(filepath.Join(p.Dir, sdk.SignatureName), sdk.MaxSignature)
	switch {
	case err == nil:
		if p.Signer, err = sdk.VerifyManifest(data, signature); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	info, err := os.Stat(filepath.Join(p.Dir, sdk.ProgramName))
	if err != nil {
		return fmt.Errorf("its program is missing: %w", err)
	}
	if !info.Mode().IsRegular() {
		return errors.New("its program is no file")
	}
	return nil
}

// readFile reads a small file that we did not write.
func readFile(path string, limit int64) (data []byte, err error) {
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", filepath.Base(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s has more than %d bytes", filepath.Base(path), limit)
	}
	return data, nil
}
