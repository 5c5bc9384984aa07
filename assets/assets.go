// Package assets holds the icons and fonts of the window inside the program.
package assets

import (
	"embed"
	"io/fs"
)

// Icons are outlines to fill: 24 px in icons, 16 px in icons/small.
//
//go:embed icons/*.svg icons/small/*.svg
var Icons embed.FS

// Regular and SemiBold are the two weights of the window's font, as TrueType.
var (
	//go:embed fonts/MapwrightSans-Regular.ttf
	Regular []byte
	//go:embed fonts/MapwrightSans-SemiBold.ttf
	SemiBold []byte
)

// App is the icon of the program, 256 px.
//
//go:embed icons/app.png
var App []byte

//go:embed fonts/label/*.ttf
var labelFonts embed.FS

// LabelFonts gives the fonts, as TrueType, for scripts that the window's font
// does not have, in the order in which labels ask them.
func LabelFonts() [][]byte {
	names, _ := fs.Glob(labelFonts, "fonts/label/*.ttf") // the pattern is sound
	fonts := make([][]byte, 0, len(names))
	for _, name := range names {
		data, err := labelFonts.ReadFile(name)
		if err != nil {
			panic(err) // it is part of the program
		}
		fonts = append(fonts, data)
	}
	return fonts
}

// The Hershey letters of labels that the beam follows once, and ours in their
// style, as text; see fonts/label/README.md for the formats.
var (
	//go:embed fonts/label/hershey-sans.jhf
	HersheySans string
	//go:embed fonts/label/hershey-greek.jhf
	HersheyGreek string
	//go:embed fonts/label/strokes.txt
	StrokeLetters string
)
