package machine

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// None stands for no machine and no material where one can be chosen.
const None = "none"

// AssumedMachine and AssumedMaterial are what times are told for while a person
// has chosen nothing.
const (
	AssumedMachine  = "diode-10w"
	AssumedMaterial = "birch-plywood-3mm"
)

//go:embed machines/*.json materials/*.json
var built embed.FS

// Catalog holds the machines and the materials that there are, by id.
type Catalog struct {
	Machines  []Machine
	Materials []Material
	// Problems say which files of the person could not be taken, and why; each
	// is a *FileError.
	Problems []error
}

// UnknownError says that no machine or material has an id.
type UnknownError struct {
	What     string // "machine" or "material"
	ID       string
	Known    []string
	Problems []error
}

// Error lists what there is.
func (e *UnknownError) Error() string {
	message := fmt.Sprintf("there is no %s %q: take one of %s", e.What, e.ID, strings.Join(e.Known, ", "))
	for _, p := range e.Problems {
		message += fmt.Sprintf("; a file that can't be read: %v", p)
	}
	return message
}

// Builtin gives the machines and materials of the program alone. They are read
// once; nobody changes them.
func Builtin() *Catalog { return builtin() }

var builtin = sync.OnceValue(func() *Catalog {
	c := &Catalog{}
	err := c.add(built, func(name string) string { return name })
	if err = errors.Join(append(c.Problems, err)...); err != nil {
		panic(err) // the tests read all of them
	}
	return c
})

// Open gives the machines and materials of the program and those of a person,
// in the folders machines and materials of dir. One of the person takes the
// place of the program's with the same id. A file that can't be taken is among
// the Problems and keeps nobody from the others; folders that are not there are
// empty. The error is that of a folder that can't be read.
func Open(dir string) (*Catalog, error) {
	c, own := *Builtin(), &Catalog{}
	if err := own.add(os.DirFS(dir), func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }); err != nil {
		return nil, fmt.Errorf("machines and materials can't be read: %w", err)
	}
	c.Machines = over(c.Machines, own.Machines, func(m Machine) string { return m.ID })
	c.Materials = over(c.Materials, own.Materials, func(m Material) string { return m.ID })
	c.Problems = own.Problems
	return &c, nil
}

// over gives both lists by id, of two with the same id that of the upper.
func over[T any](lower, upper []T, id func(T) string) []T {
	all := slices.Clone(upper)
	for _, l := range lower {
		if !slices.ContainsFunc(upper, func(u T) bool { return id(u) == id(l) }) {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	return all
}

// largestFile is far more than a machine or a material needs, bytes.
const largestFile = 1 << 20

// add reads all files of the two folders.
func (c *Catalog) add(files fs.FS, name func(string) string) error {
	return errors.Join(
		c.each(files, "machines", name, func(file string, text []byte) error {
			m, err := readMachine(file, text)
			if err == nil {
				err = c.once(file, m.ID, slices.ContainsFunc(c.Machines, func(o Machine) bool { return o.ID == m.ID }))
			}
			if err == nil {
				c.Machines = append(c.Machines, m)
			}
			return err
		}),
		c.each(files, "materials", name, func(file string, text []byte) error {
			m, err := readMaterial(file, text)
			if err == nil {
				err = c.once(file, m.ID, slices.ContainsFunc(c.Materials, func(o Material) bool { return o.ID == m.ID }))
			}
			if err == nil {
				c.Materials = append(c.Materials, m)
			}
			return err
		}))
}

func (c *Catalog) once(file, id string, taken bool) error {
	if !taken {
		return nil
	}
	return &FileError{File: file, Key: "id", Why: fmt.Sprintf("is %q, which another file of the folder has: give one of them another id", id)}
}

// each reads the .json files of a folder in the order of their names.
func (c *Catalog) each(files fs.FS, folder string, name func(string) string, take func(file string, text []byte) error) error {
	entries, err := fs.ReadDir(files, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		file := path.Join(folder, e.Name())
		text, err := readSmall(files, file)
		if err == nil {
			err = take(name(file), text)
		} else {
			err = &FileError{File: name(file), Why: err.Error()}
		}
		if err != nil {
			c.Problems = append(c.Problems, err)
		}
	}
	return err
}

func readSmall(files fs.FS, file string) ([]byte, error) {
	info, err := fs.Stat(files, file)
	if err != nil {
		return nil, err
	}
	if info.Size() > largestFile || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("must be a file of at most %d bytes", largestFile)
	}
	return fs.ReadFile(files, file)
}

// Machine finds a machine by its id. The error is an *UnknownError.
func (c *Catalog) Machine(id string) (Machine, error) {
	var known []string
	for _, m := range c.Machines {
		if m.ID == id {
			return m, nil
		}
		known = append(known, m.ID)
	}
	return Machine{}, &UnknownError{"machine", id, known, c.Problems}
}

// Material finds a material by its id. The error is an *UnknownError.
func (c *Catalog) Material(id string) (Material, error) {
	var known []string
	for _, m := range c.Materials {
		if m.ID == id {
			return m, nil
		}
		known = append(known, m.ID)
	}
	return Material{}, &UnknownError{"material", id, known, c.Problems}
}

// Setup puts a material on a machine. The error is an *UnknownError or a
// *MismatchError.
func (c *Catalog) Setup(machine, material string) (Setup, error) {
	m, err := c.Machine(machine)
	if err != nil {
		return Setup{}, err
	}
	mat, err := c.Material(material)
	if err != nil {
		return Setup{}, err
	}
	return mat.On(m)
}
