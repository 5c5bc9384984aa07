package inspector

import (
	"strings"
)

const (
	pictureWidth  = 76
	pictureHeight = 38
)

// The roads and the area of the pictures.
var (
	mainRoad = bend(spot{3, 31}, spot{26, 28}, spot{46, 12}, spot{73, 8})
	sideRoad = bend(spot{32, 3}, spot{35, 15}, spot{42, 24}, spot{45, 36})
	park     = closed(
		bend(spot{8, 12}, spot{20, 1}, spot{48, 1}, spot{66, 8}),
		bend(spot{66, 8}, spot{74, 14}, spot{70, 34}, spot{52, 34}),
		bend(spot{52, 34}, spot{32, 36}, spot{20, 30}, spot{12, 28}),
		bend(spot{12, 28}, spot{4, 24}, spot{4, 17}, spot{8, 12}),
	)
	places = []spot{{16, 24}, {32, 11}, {46, 27}, {61, 13}}
)

// sketch draws a strategy as the outline of shapes. A strategy that is not
// known is shown by its roads.
func sketch(strategy string) string {
	switch strategy {
	case "outline":
		return ring(mainRoad, 7, 1.3) + ring(sideRoad, 7, 1.3)
	case "casing":
		return crossing(mainRoad, sideRoad, 7, 1.3)
	case "groove":
		return channel(9, 2.2)
	case "inlay":
		return ring(mainRoad, 9, 1.3) + band(mainRoad, 4)
	case "filled":
		return band(mainRoad, 8) + band(sideRoad, 8)
	case "dashes":
		return dashed(mainRoad) + dashed(sideRoad)
	case "hatch":
		return band(park, 0.8) + hatched(park, false)
	case "cross-hatch":
		return band(park, 0.8) + hatched(park, false) + hatched(park, true)
	case "inset":
		return insets(park)
	case "dissolve":
		return band(park, 1.5) + dashed(bend(spot{34, 3}, spot{28, 14}, spot{44, 22}, spot{36, 34}))
	case "knock-out":
		return without(park, 5)
	case "stencil":
		return board() + hole(stretched(park, 0.86)) + d(stretched(park, 0.4)) +
			band([]spot{{3, 19}, {30, 19}}, 3) + band([]spot{{46, 19}, {72, 19}}, 3)
	case "plate":
		return board() + hole(stretched(park, 0.9)) + d(stretched(park, 0.35))
	case "symbol":
		return d(star(spot{16, 24}, 9)) + d(star(spot{40, 12}, 9)) + d(star(spot{61, 25}, 9))
	case "label":
		return lettered(mainRoad)
	case "furniture":
		return framed()
	case "drill":
		var all strings.Builder
		for _, at := range places {
			all.WriteString(band(circle(at, 4), 1.3) + dot(at, 0.9))
		}
		return all.String()
	default:
		return band(mainRoad, 1.5) + band(sideRoad, 1.5)
	}
}

func dot(at spot, r float64) string { return d(circle(at, r)) }

// band is a line at a width.
func band(line []spot, width float64) string {
	left, right := beside(line, width/2), beside(line, -width/2)
	for i := len(right) - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	return d(left)
}

// ring is the outline of a band.
func ring(line []spot, width, thick float64) string {
	left, right := beside(line, width/2), beside(line, -width/2)
	first, last := 0, len(line)-1
	return band(left, thick) + band(right, thick) +
		band([]spot{left[first], right[first]}, thick) + band([]spot{left[last], right[last]}, thick)
}

func dashed(line []spot) string {
	var all strings.Builder
	for i := 0; i+2 < len(line); i += 4 {
		all.WriteString(band(line[i:i+3], 1.7))
	}
	return all.String()
}

// hatched is an area's level lines turned by 45°, to one side or the other.
func hatched(area []spot, mirrored bool) string {
	var all strings.Builder
	for offset := -30.0; offset < 80; offset += 6 {
		var from *spot
		for t := 0.0; t < pictureHeight; t += 0.5 {
			at := spot{offset + t, pictureHeight - t}
			if mirrored {
				at.y = t
			}
			switch in := inside(area, at); {
			case in && from == nil:
				from = &at
			case !in && from != nil:
				all.WriteString(band([]spot{*from, at}, 1.2))
				from = nil
			}
		}
	}
	return all.String()
}

// crossing is the edges of two roads, open where they meet.
func crossing(one, other []spot, width, thick float64) string {
	return outside(one, other, width, thick) + outside(other, one, width, thick)
}

// outside is the two edges of a road where they lie outside of another one.
func outside(road, other []spot, width, thick float64) string {
	var all strings.Builder
	for _, side := range []float64{width / 2, -width / 2} {
		var piece []spot
		flush := func() {
			if len(piece) > 1 {
				all.WriteString(band(piece, thick))
			}
			piece = nil
		}
		for _, p := range finely(beside(road, side)) {
			if apart(p, other) > width/2 {
				piece = append(piece, p)
			} else {
				flush()
			}
		}
		flush()
	}
	return all.String()
}

// channel is the main road cut into a block of material.
func channel(width, margin float64) string {
	return without([]spot{{margin, margin}, {pictureWidth - margin, margin}, {pictureWidth - margin, pictureHeight - margin}, {margin, pictureHeight - margin}, {margin, margin}}, width)
}

// without is an area but for the main road.
func without(area []spot, width float64) string {
	var all strings.Builder
	const step = 0.25
	for y := 0.0; y < pictureHeight; y += step {
		from := -1.0
		for x := 0.0; x <= pictureWidth; x += step {
			at := spot{x + step/2, y + step/2}
			in := x < pictureWidth && inside(area, at) && apart(at, mainRoad) > width/2
			if in && from < 0 {
				from = x
			} else if !in && from >= 0 {
				all.WriteString(d([]spot{{from, y}, {x, y}, {x, y + step*1.1}, {from, y + step*1.1}}))
				from = -1
			}
		}
	}
	return all.String()
}

// insets are rings inside each other.
func insets(area []spot) string {
	var all strings.Builder
	for _, k := range []float64{1, 0.76, 0.52, 0.28} {
		all.WriteString(band(stretched(area, k), 1.3))
	}
	return all.String()
}

// board is a piece of material with round corners.
func board() string { return d(rounded(1, 1, pictureWidth-1, pictureHeight-1, 4)) }

// lettered is a road with strokes above it, as letters stand.
func lettered(road []spot) string {
	var all strings.Builder
	all.WriteString(band(road, 0.8))
	base, top := beside(road, 3), beside(road, 11)
	for i := 5; i+2 < len(road)-3; i += 4 {
		// A, with its bar.
		foot, tip, other := base[i-1], spot{(top[i].x + top[i+1].x) / 2, (top[i].y + top[i+1].y) / 2}, base[i+2]
		half := func(a, b spot) spot { return spot{(a.x + b.x) / 2, (a.y + b.y) / 2} }
		all.WriteString(band([]spot{foot, tip}, 1.5) + band([]spot{tip, other}, 1.5) + band([]spot{half(foot, tip), half(tip, other)}, 1.3))
	}
	return all.String()
}

// framed is a border with a title, a scale bar and a north arrow.
func framed() string {
	frame := rounded(3, 2, pictureWidth-3, pictureHeight-2, 4)
	bar := func(x0, y0, x1, y1 float64) string { return d([]spot{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}) }
	return band(append(frame, frame[0]), 1.3) +
		bar(24, 8, 52, 12) + bar(10, 29, 20, 31.5) + bar(30, 29, 40, 31.5) + band([]spot{{10, 31}, {50, 31}}, 0.9) +
		d([]spot{{64, 18}, {68, 31}, {64, 28}, {60, 31}})
}
