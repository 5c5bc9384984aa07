// Package assets holds the icons and fonts of the window inside the program.
package assets

import "embed"

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
