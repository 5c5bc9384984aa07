package sheet

import (
	"math"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// The closest and the farthest look, in units of the screen for a mm.
const (
	closest  = 400.0
	farthest = 0.02
	// trueSize is one mm in units of the screen at 96 to the inch: 100 %.
	trueSize = 96 / 25.4
)

// view is the part of the board that the sheet shows. It never changes;
// methods give new ones.
type view struct {
	scale float64       // units of the screen for a mm
	at    artwork.Point // place on the board at the upper left corner, mm
}

// screen takes a place on the board to the sheet.
func (v view) screen(p artwork.Point) fyne.Position {
	return fyne.NewPos(float32((p.X-v.at.X)*v.scale), float32((v.at.Y-p.Y)*v.scale))
}

// board takes a position on the sheet to the board, mm.
func (v view) board(p fyne.Position) artwork.Point {
	return artwork.Point{X: v.at.X + float64(p.X)/v.scale, Y: v.at.Y - float64(p.Y)/v.scale}
}

// pan moves what is shown by a distance on the screen.
func (v view) pan(dx, dy float32) view {
	v.at.X -= float64(dx) / v.scale
	v.at.Y += float64(dy) / v.scale
	return v
}

// zoom changes the scale and keeps the place under a position where it is.
func (v view) zoom(at fyne.Position, factor float64) view {
	under := v.board(at)
	v.scale = math.Min(closest, math.Max(farthest, v.scale*factor))
	v.at = artwork.Point{X: under.X - float64(at.X)/v.scale, Y: under.Y + float64(at.Y)/v.scale}
	return v
}

// fit shows a box whole in the middle of a part of the sheet.
func fit(box artwork.Box, size fyne.Size, inset fyne.Position) view {
	width, height := math.Max(box.Width(), 1), math.Max(box.Height(), 1)
	room := fyne.NewSize(size.Width-inset.X, size.Height-inset.Y)
	const air = 0.88 // of the room is used
	scale := air * math.Min(float64(room.Width)/width, float64(room.Height)/height)
	scale = math.Min(closest, math.Max(farthest, scale))
	middle := artwork.Point{X: (box.Min.X + box.Max.X) / 2, Y: (box.Min.Y + box.Max.Y) / 2}
	return view{scale, artwork.Point{
		X: middle.X - float64(inset.X+room.Width/2)/scale,
		Y: middle.Y + float64(inset.Y+room.Height/2)/scale,
	}}
}

// centre shows a place in the middle of the sheet.
func (v view) centre(p artwork.Point, size fyne.Size) view {
	v.at = artwork.Point{X: p.X - float64(size.Width)/2/v.scale, Y: p.Y + float64(size.Height)/2/v.scale}
	return v
}

// percent is the scale beside the true size.
func (v view) percent() float64 { return 100 * v.scale / trueSize }
