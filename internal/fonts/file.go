package fonts

import (
	"errors"
	"fmt"
	"os"

	"github.com/mapwright/mapwright/internal/lettering"
)

// maxFileBytes bounds a file of fonts: the largest collections have 200 MB.
const maxFileBytes = 512 << 20

// open opens a file of fonts and tells where it lies.
func open(path string) (*os.File, place, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, place{}, plain(err)
	}
	if !info.Mode().IsRegular() {
		return nil, place{}, errors.New("this is no file")
	}
	if info.Size() > maxFileBytes {
		return nil, place{}, fmt.Errorf("the file has %d MB, and fonts of at most %d are read", info.Size()>>20, maxFileBytes>>20)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, place{}, plain(err)
	}
	return file, place{path: path, size: info.Size(), changed: info.ModTime().UnixNano()}, nil
}

// plain is an error of a file without its path, which is told beside it.
func plain(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, os.ErrNotExist) {
		return errors.New("there is no such file")
	}
	return err
}

// describe tells which fonts a file holds.
func describe(path string) (out []installed, err error) {
	file, at, err := open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	descriptions, err := lettering.DescribeFonts(file, at.size)
	if err != nil {
		return nil, err
	}
	out = make([]installed, len(descriptions))
	for i, d := range descriptions {
		out[i] = installed{Description: d, place: at}
		out[i].index = d.Index
	}
	return out, nil
}

// load reads a font with its letters, each once while its file stays the same.
func (c *Computer) load(path string, index int) (f *lettering.Font, err error) {
	file, at, err := open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	at.index = index
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if f := c.loaded[at]; f != nil {
		return f, nil
	}
	if f, err = lettering.ReadFont(file, at.size, index); err != nil {
		return nil, err
	}
	if c.loaded == nil {
		c.loaded = map[place]*lettering.Font{}
	}
	c.loaded[at] = f
	return f, nil
}
