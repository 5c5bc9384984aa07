package workshop

import (
	"context"
	"path/filepath"

	"github.com/mapwright/mapwright/internal/fonts"
	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/trace"
)

// fontsBeside lets a map at a path be written with the fonts of this computer,
// and with files that lie beside it.
func (w *Workshop) fontsBeside(path string) trace.With {
	return trace.Fonts(fonts.Shelf{Computer: w.fonts, Folder: folderOf(path)})
}

// folderOf is the folder of a map's file.
func folderOf(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.Dir(path)
}

// FontFamilies lists the fonts that are installed on this computer. It may take
// a second when it is first called.
func (d *Desk) FontFamilies(ctx context.Context) ([]string, error) {
	return d.workshop.fonts.Families(ctx)
}

// FontFile gives a font's file as a layer of the map names it: from the map's
// folder where the file lies in it, so that both can move together. It fails
// where no font can be read from the file.
func (d *Desk) FontFile(ctx context.Context, file string) (string, error) {
	if _, _, ok := lettering.FileName(file); !ok {
		return "", usage("%s is no file of a font: its name ends in .ttf, .otf or .ttc", filepath.Base(file))
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	if _, err := (fonts.Shelf{Computer: d.workshop.fonts}).Named(ctx, file); err != nil {
		return "", &Error{Code: CodeUsage, Err: err}
	}
	if beside, err := filepath.Rel(folderOf(d.path), file); err == nil && filepath.IsLocal(beside) {
		return filepath.ToSlash(beside), nil
	}
	return file, nil
}

// FontEndings are how the names of files of fonts end.
func FontEndings() []string { return lettering.FileEndings() }
