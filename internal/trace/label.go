package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/lettering"
)

// The choices of the options of label.
const (
	styleAuto       = "auto"
	styleOutlined   = "outlined"
	styleSingleLine = "single-line"

	caseAsIs  = "as-is"
	caseUpper = "upper"

	positionAuto   = "auto"
	positionCentre = "centre"
	positionAbove  = "above"
	positionBelow  = "below"
	positionLeft   = "left"
	positionRight  = "right"
)

// nameKey is the value of the option "text" that stands for a feature's name.
const nameKey = "name"

// label writes names: along lines, inside areas, beside points. Names don't
// meet each other, nor what lies above. What a label takes is its letters with
// their halo: layers below leave it free, so that the letters can be read.
func label() Strategy {
	return Strategy{
		ID:    "label",
		Title: "Names",
		Description: "Writes the name of each shape: along lines, inside areas, beside points. Names without room are left out. " +
			"What lies below leaves the letters and their halo free.",
		Draws:    Points | Lines | Areas,
		AnySize:  true,
		OfPoints: "the name beside each",
		OfLines:  "the name along each, again at intervals",
		OfAreas:  "the name in the widest part",
		Options:  labelOptions(),
		bare:     "The layer has no name inside the frame that could be written.",
		reads:    "avoid",
		clears:   true,
		draw:     func(ctx context.Context, w *work) error { return w.gatherLabels(ctx) },
		complete: func(ctx context.Context, w *work, read []*work) error { return w.placeLabels(ctx, read) },
	}
}

func labelOptions() []Option {
	return []Option{
		{
			Key: "text", Default: nameKey, Text: true,
			Help: "Which attribute of the shapes is written: name, or another key such as ref, ele or addr:housenumber.",
		},
		{
			Key: "size", Unit: "mm", Capitals: true, Default: "2.5", Min: 0.5, Max: 200,
			Help: "The height of a capital letter. The font size of other programs is about 1.4 times as much.",
		},
		{
			Key: "min-size", Unit: "mm", Capitals: true, Default: "2", Min: 0.5, Max: 200,
			Help: "How small names along lines and in areas may become to fit. Letters below this are reported: a laser on wood needs 2 mm.",
		},
		{
			Key: "font", Default: lettering.Sans, Enum: lettering.Names(), Font: true,
			Help: fontHelp,
		},
		{
			Key: "style", Default: styleAuto, Enum: []string{styleAuto, styleOutlined, styleSingleLine},
			Help: "outlined letters are areas, single-line ones are followed once by the beam; auto takes outlined for engraving and single-line otherwise.",
		},
		{
			Key: "case", Default: caseAsIs, Enum: []string{caseAsIs, caseUpper},
			Help: "Whether names are written as they are or in capital letters.",
		},
		{
			Key: "letter-spacing", Unit: "mm", Default: "0", Max: 50,
			Help: "How much farther apart letters stand. Scripts that join their letters keep them together.",
		},
		{
			Key: "position", Default: positionAuto,
			Enum: []string{positionAuto, positionCentre, positionAbove, positionBelow, positionLeft, positionRight},
			Help: "Where a name stands. Beside points auto tries eight places; along lines auto, centre, left and right write on the line, above and below beside it; in areas names stand inside.",
		},
		{
			Key: "distance", Unit: "mm", Default: "1", Max: 50,
			Help: "How far a name stands from its point, or from its line where it stands above or below.",
		},
		{
			Key: "repeat", Unit: "mm", Default: "150", Max: 1e4,
			Help: "About how far apart a name is written again along a long line. 0 writes every name once.",
		},
		{
			Key: "halo", Unit: "mm", Default: "0.4", Max: 20,
			Help: "How much the layers below leave free around letters, and names between each other. Cuts go on under letters.",
		},
		{
			Key: "avoid", Default: layersAbove, Layers: true, Enum: []string{knockOutNo, layersAbove, layersAll},
			Help: "Which layers names keep off: none, those above, or all others.",
		},
	}
}
