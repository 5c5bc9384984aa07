package workshop

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// FurnitureName is the name of the layer that belongs to the piece and not to
// the place: border, title, scale bar, north arrow, holes, credit line.
const FurnitureName = "Frame and text"

// The usual sizes of furniture, mm.
const (
	borderRadius = 3.0  // of the corners of a piece
	edgeGap      = 7.0  // between the border and what stands beside it
	titleSize    = 8.0  // height of capitals
	creditSize   = 1.8  // height of capitals
	barLength    = 50.0 // of the scale bar, at most
	arrowHeight  = 12.0
	holeIn       = 4.0 // from the edge to the middle of a hole
)

// letterWidth is how wide a letter is about, as a share of the height of
// capitals.
const letterWidth = 0.85

// findFurniture finds the layer "Frame and text" of a map, the topmost where
// it has several.
func findFurniture(m *carto.Map) (layer carto.Layer, at int, ok bool) {
	for i, l := range slices.Backward(m.Layers) {
		if l.Strategy == trace.FurnitureStrategy {
			return l, i, true
		}
	}
	return carto.Layer{}, 0, false
}

// newFurniture makes the layer "Frame and text" for a map, on top of all, with
// the parts that a map begins with. Without a title or credit lines it has
// none.
func newFurniture(m *carto.Map, title string, credits []string) carto.AddLayer {
	layer := carto.Layer{
		ID: newLayerID(), Name: uniqueName(takenNames(m), FurnitureName),
		Operation: artwork.Engrave, Setting: "dark", Strategy: trace.FurnitureStrategy,
		Visible: true, Board: 1, Color: "#000000", CRS: carto.BoardCRS,
	}
	if m.Boards.Frame.Shape == carto.FrameRect {
		layer.Options = map[string]string{"corner-radius": measure(borderRadius)}
	}
	classes := []string{trace.ClassBorder, trace.ClassTitle, trace.ClassScaleBar, trace.ClassNorthArrow, trace.ClassCredit}
	texts := map[string]string{trace.ClassTitle: title, trace.ClassCredit: strings.Join(credits, "\n")}
	place := placesOn(m.Boards)
	var parts []carto.Feature
	for _, class := range classes {
		if text, isText := texts[class]; !isText || text != "" {
			parts = append(parts, place.part(class, text)...)
		}
	}
	layer.Count = len(parts)
	return carto.AddLayer{Layer: layer, At: carto.Top, Features: parts}
}

// part makes the features of a class at their usual places: one, or four holes.
func (p places) part(class, text string) []carto.Feature {
	at, anchor := p.usual(class)
	f := carto.Feature{Class: class, Name: text, Geometry: at, Attributes: map[string]string{"anchor": anchor}}
	size := func(usual, fitting float64) {
		if fitting < usual {
			f.Attributes["size"] = measure(math.Max(0.5, math.Floor(fitting*10)/10))
		}
	}
	w, h := p.box.Max.X-p.box.Min.X, p.box.Max.Y-p.box.Min.Y
	switch class {
	case trace.ClassBorder:
		f.Attributes = nil
	case trace.ClassTitle:
		size(titleSize, math.Min(0.1*h, 0.6*w/(letterWidth*longestLine(text))))
	case trace.ClassCredit:
		room := 0.9 * w
		if !p.angular {
			room = 0.58 * w // at the height where it stands in a circle
		}
		size(creditSize, room/(letterWidth*longestLine(text)))
	case trace.ClassScaleBar:
		if fitting := 0.3 * w; fitting < barLength {
			f.Attributes["size"] = measure(math.Max(5, math.Floor(fitting)))
		}
	case trace.ClassNorthArrow:
		if fitting := 0.15 * h; fitting < arrowHeight {
			f.Attributes["size"] = measure(math.Max(2, math.Floor(fitting)))
		}
	case trace.ClassHole:
		return p.holes()
	}
	return []carto.Feature{f}
}

// longestLine counts the letters of the longest line of a text, at least one.
func longestLine(text string) float64 {
	most := 1
	for line := range strings.Lines(text) {
		most = max(most, len([]rune(strings.TrimSpace(line))))
	}
	return float64(most)
}

// measure writes a length in mm.
func measure(mm float64) string { return strconv.FormatFloat(mm, 'f', -1, 64) }
