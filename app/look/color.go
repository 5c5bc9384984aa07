package look

import (
	"image/color"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// The colour names of this package, beside Fyne's.
const (
	Text2   fyne.ThemeColorName = "text2" // captions, and text on a selection
	Bed     fyne.ThemeColorName = "bed"   // what the sheet lies on
	BedGrid fyne.ThemeColorName = "bedGrid"
	Info    fyne.ThemeColorName = "info"
	SyncDot fyne.ThemeColorName = "syncDot"
	Sheet   fyne.ThemeColorName = "sheet"
	Grain   fyne.ThemeColorName = "grain"

	TintError   fyne.ThemeColorName = "tintError"
	TintWarning fyne.ThemeColorName = "tintWarning"
	TintSuccess fyne.ThemeColorName = "tintSuccess"
	TintInfo    fyne.ThemeColorName = "tintInfo"

	BadgeCut     fyne.ThemeColorName = "badgeCut"
	BadgeScore   fyne.ThemeColorName = "badgeScore"
	BadgeEngrave fyne.ThemeColorName = "badgeEngrave"
	BadgeEdge    fyne.ThemeColorName = "badgeEdge" // around the badge of engrave, which a dark window needs
	OnEngrave    fyne.ThemeColorName = "onEngrave" // the letter on it
	BadgeRelief  fyne.ThemeColorName = "badgeRelief"
	BadgeGuide   fyne.ThemeColorName = "badgeGuide"

	SheetCut   fyne.ThemeColorName = "sheetCut"
	SheetScore fyne.ThemeColorName = "sheetScore"
	SheetBurn  fyne.ThemeColorName = "sheetBurn" // engrave and relief
	SheetGuide fyne.ThemeColorName = "sheetGuide"

	Avatar     fyne.ThemeColorName = "avatar"     // behind a person's initials
	AvatarText fyne.ThemeColorName = "avatarText" // the initials
	Raised     fyne.ThemeColorName = "raised"     // what floats or is chosen on a quiet ground
	Shade      fyne.ThemeColorName = "shade"      // one of the layers of a card's shadow
	Track      fyne.ThemeColorName = "track"      // the part of a slider or bar that is still to go
	TipKey     fyne.ThemeColorName = "tipKey"     // the shortcut on a tip, which has the colours of the other variant
)

// Color gives the colour of a name, Fyne's or ours, as the window is now.
func Color(name fyne.ThemeColorName) color.Color {
	settings := fyne.CurrentApp().Settings()
	if _, ours := palette[name]; !ours {
		return settings.Theme().Color(name, settings.ThemeVariant())
	}
	t, ok := settings.Theme().(Theme)
	if !ok {
		t = Theme{}
	}
	return t.Color(name, settings.ThemeVariant())
}

// Size gives a size of the theme as the window is now.
func Size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// OnBadge names the colour of an operation's badge.
func OnBadge(o artwork.Operation) fyne.ThemeColorName {
	switch o {
	case artwork.Cut:
		return BadgeCut
	case artwork.Score:
		return BadgeScore
	case artwork.Engrave:
		return BadgeEngrave
	case artwork.Relief:
		return BadgeRelief
	default:
		return BadgeGuide
	}
}
