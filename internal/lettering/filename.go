package lettering

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// FileEndings are how the names of files of fonts end, in small letters.
func FileEndings() []string { return []string{".ttf", ".otf", ".ttc", ".otc"} }

// FileName tells whether the name of a font is that of a file: FILE, or FILE#N
// for the Nth font of a collection, from 1. It gives the file and the number.
func FileName(name string) (file string, number int, ok bool) {
	file, number = name, 1
	if i := strings.LastIndexByte(name, '#'); i > 0 {
		if n, err := strconv.Atoi(name[i+1:]); err == nil && n > 0 {
			file, number = name[:i], n
		}
	}
	return file, number, slices.Contains(FileEndings(), strings.ToLower(path.Ext(file)))
}
