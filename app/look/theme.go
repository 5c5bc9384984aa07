// Package look is how the window looks: colours, sizes, fonts and icons. It
// knows no widget and no map.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/assets"
)

// Mode says whether the window is light or dark.
type Mode string

// The modes that a maker can choose.
const (
	System Mode = "" // as the computer is set
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Theme is the look of the window as a fyne.Theme. Its zero value follows the
// computer. It answers the names of this package too, so that a rich text or an
// icon can have their colours.
type Theme struct{ Mode Mode }

var _ fyne.Theme = Theme{}

// Variant gives what the mode makes of the computer's variant.
func (t Theme) Variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.Mode {
	case Light:
		return theme.VariantLight
	case Dark:
		return theme.VariantDark
	default:
		return system
	}
}

// Color gives the colour of a name of Fyne's or of this package.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	variant = t.Variant(variant)
	if c, ok := palette[name]; ok {
		return c.in(variant)
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font gives the window's font, and Fyne's own for italic, fixed width and
// symbols.
func (Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Italic, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return semiBold
	default:
		return regular
	}
}

var (
	regular  = fyne.NewStaticResource("MapwrightSans-Regular.ttf", assets.Regular)
	semiBold = fyne.NewStaticResource("MapwrightSans-SemiBold.ttf", assets.SemiBold)
)

// Icon gives Fyne's own icons, for its own widgets.
func (Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Size gives a size in Fyne's pixels.
func (Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

// Sizes that panels share, in Fyne's pixels.
const (
	Grid       float32 = 8
	RowHeight  float32 = 44
	ToolSize   float32 = 36
	FieldSize  float32 = 30
	TargetSize float32 = 28 // the least that a hand can be asked to hit
	TopBar     float32 = 56
	StatusBar  float32 = 32
	IconSize   float32 = 20
	SmallIcon  float32 = 16
	Radius     float32 = 6
	FocusWidth float32 = 2
)

// SizePrice is the name of the size of the price in the export.
const SizePrice fyne.ThemeSizeName = "price"

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:            13,
	theme.SizeNameCaptionText:     12,
	theme.SizeNameSubHeadingText:  15,
	theme.SizeNameHeadingText:     20,
	SizePrice:                     28,
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    8,
	theme.SizeNameLineSpacing:     4,
	theme.SizeNameInlineIcon:      IconSize,
	theme.SizeNameInputRadius:     Radius,
	theme.SizeNameSelectionRadius: Radius,
	theme.SizeNameScrollBarSmall:  4,
}
