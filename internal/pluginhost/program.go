package pluginhost

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/mapwright/mapwright/plugins/sdk"
)

// openProgram opens the program of a plugin and checks its hash, so that what
// is run is what was checked.
func (p *Installed) openProgram(ctx context.Context) (program *os.File, err error) {
	dir, err := filepath.Abs(p.Dir)
	if err != nil {
		return nil, err
	}
	program, err = os.Open(filepath.Join(dir, sdk.ProgramName))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, program.Close())
		}
	}()
	if p.Development {
		return program, nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, readerUntil{ctx, program}); err != nil {
		return nil, err
	}
	if hex.EncodeToString(h.Sum(nil)) != p.program {
		return nil, fmt.Errorf("its program is not the one that its manifest names: install it again")
	}
	return program, nil
}

// readerUntil reads until a context ends.
type readerUntil struct {
	ctx context.Context
	io.Reader
}

func (r readerUntil) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// runnable gives the program to run by its descriptor, or nil where it must be
// run by its path: a script finds the files beside it by that.
func runnable(program *os.File) *os.File {
	var start [2]byte
	if _, err := program.ReadAt(start[:], 0); err != nil || string(start[:]) == "#!" {
		return nil
	}
	return program
}
