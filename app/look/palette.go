package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// pair is a colour in the light and in the dark window, as 0xRRGGBBAA.
type pair struct{ light, dark uint32 }

func (p pair) in(variant fyne.ThemeVariant) color.Color {
	v := p.dark
	if variant == theme.VariantLight {
		v = p.light
	}
	return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
}

// palette was measured: text has at least 4.6:1 where it stands, a field's
// border 3.2:1, a line on the sheet 3.9:1.
var palette = map[fyne.ThemeColorName]pair{
	theme.ColorNameBackground:          {0xF6F4F0FF, 0x1D1C1AFF},
	theme.ColorNameOverlayBackground:   {0xF6F4F0FF, 0x282623FF},
	theme.ColorNameMenuBackground:      {0xFFFFFFFF, 0x2C2A27FF},
	theme.ColorNameHeaderBackground:    {0xEFECE6FF, 0x232220FF},
	theme.ColorNameInputBackground:     {0xFFFFFFFF, 0x282623FF},
	theme.ColorNameInputBorder:         {0x8F887CFF, 0x857E73FF},
	theme.ColorNameScrollBar:           {0x8F887CFF, 0x857E73FF},
	theme.ColorNameScrollBarBackground: {0xEFECE6FF, 0x232220FF},
	theme.ColorNameSeparator:           {0xDFDAD1FF, 0x35322EFF},
	theme.ColorNameForeground:          {0x1F1D1AFF, 0xF0EDE7FF},
	theme.ColorNamePlaceHolder:         {0x6B655CFF, 0xA19A8EFF},
	theme.ColorNameDisabled:            {0x6B655CFF, 0xA19A8EFF},
	theme.ColorNamePrimary:             {0x0B6457FF, 0x5CC8B3FF},
	theme.ColorNameHyperlink:           {0x0B6457FF, 0x5CC8B3FF},
	theme.ColorNameForegroundOnPrimary: {0xFFFFFFFF, 0x06221DFF},
	theme.ColorNameSelection:           {0xDCE9E4FF, 0x24413BFF},
	theme.ColorNameFocus:               {0x0B645740, 0x5CC8B34D},
	theme.ColorNameButton:              {0xE9E5DDFF, 0x343129FF},
	theme.ColorNameDisabledButton:      {0xEDEAE4FF, 0x2A2825FF},
	theme.ColorNameHover:               {0x1F1D1A0F, 0xF0EDE714},
	theme.ColorNamePressed:             {0x1F1D1A1F, 0xF0EDE724},
	theme.ColorNameError:               {0xB3261EFF, 0xFF8F80FF},
	theme.ColorNameWarning:             {0x8A5200FF, 0xF2BC57FF},
	theme.ColorNameSuccess:             {0x1A6B3CFF, 0x74CE98FF},
	theme.ColorNameForegroundOnError:   {0xFFFFFFFF, 0x1D1C1AFF},
	theme.ColorNameForegroundOnWarning: {0xFFFFFFFF, 0x1D1C1AFF},
	theme.ColorNameForegroundOnSuccess: {0xFFFFFFFF, 0x1D1C1AFF},
	theme.ColorNameShadow:              {0x1F1D1A52, 0x0000008C},

	Text2:   {0x5B564EFF, 0xB9B3A8FF},
	Bed:     {0xDCD8D0FF, 0x121110FF},
	BedGrid: {0xD2CDC4FF, 0x1B1A18FF},
	Info:    {0x1F5499FF, 0x8DB8F5FF},
	SyncDot: {0xC26A00FF, 0xF2BC57FF},
	Sheet:   {0xE8D4AEFF, 0xDCC59BFF},
	Grain:   {0xD6BB8BFF, 0xCBB07FFF},

	TintError:   {0xFBE9E6FF, 0x43211DFF},
	TintWarning: {0xFBF0DAFF, 0x3C2F16FF},
	TintSuccess: {0xE3F1E7FF, 0x1C3526FF},
	TintInfo:    {0xE6EDF7FF, 0x1E2D42FF},

	BadgeCut:     {0xC4281BFF, 0xFF8373FF},
	BadgeScore:   {0x1B55B8FF, 0x86B6FFFF},
	BadgeEngrave: {0x3F2A1AFF, 0x3F2A1AFF},
	BadgeEdge:    {0x3F2A1AFF, 0xC9A77CFF},
	OnEngrave:    {0xFFFFFFFF, 0xFFFFFFFF},
	BadgeRelief:  {0x7A3E9DFF, 0xCFA0ECFF},
	BadgeGuide:   {0x5B564EFF, 0xB9B3A8FF},

	SheetCut:   {0xC1241AFF, 0xB81D14FF},
	SheetScore: {0x1B55B8FF, 0x174CA8FF},
	SheetBurn:  {0x53351FFF, 0x4A2E1AFF},
	SheetGuide: {0x6B6257FF, 0x5E564BFF},

	Avatar:     {0xE2B266FF, 0xE2B266FF},
	AvatarText: {0x1F1D1AFF, 0x1F1D1AFF},
	Raised:     {0xFFFFFFFF, 0x1D1C1AFF},
	Shade:      {0x1F1D1A07, 0x00000014},
	Track:      {0xCBC5BAFF, 0x4A4640FF},
	TipKey:     {0xB9B3A8FF, 0x5B564EFF},
}
