package main

import (
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// target is a program that reads the file: its colours and line width.
type target struct {
	name     string
	hairline float64 // mm
	colors   map[artwork.Operation]map[string]string
}

// The colours on which the programs agree; docs/formats/svg.md explains them.
const (
	red     = "#FF0000"
	blue    = "#0000FF"
	teal    = "#00A0A0"
	black   = "#000000"
	magenta = "#FF00FF"
	orange  = "#FF8000"
)

// palette is the colours by operation and setting.
func palette(score2, light, medium string) map[artwork.Operation]map[string]string {
	return map[artwork.Operation]map[string]string{
		artwork.Cut:     {"outer": red, "inner": red},
		artwork.Score:   {"1": blue, "2": score2},
		artwork.Engrave: {"light": light, "medium": medium, "dark": black},
	}
}

// targets lists the targets, the default first. LightBurn and xTool know blue
// alone for scoring; K40 Whisperer and printer drivers burn all that is
// neither red nor blue as a picture, in which grey is a level.
func targets() []target {
	return []target{
		{"any", 0.1, palette(teal, orange, magenta)},
		{"lightburn", 0.1, palette(blue, orange, magenta)},
		{"xtool", 0.1, palette(blue, orange, magenta)},
		{"k40", 0.1, palette(blue, "#AAAAAA", "#555555")},
		{"driver", 0.025, palette(blue, "#AAAAAA", "#555555")},
	}
}

func targetNames() []string {
	var names []string
	for _, t := range targets() {
		names = append(names, t.name)
	}
	return names
}

// unit is a unit of the drawing.
type unit struct {
	name   string
	perMM  float64
	suffix string // of width and height
}

func units() []unit {
	return []unit{{"mm", 1, "mm"}, {"px96", 96 / 25.4, ""}, {"px72", 72 / 25.4, ""}}
}

func unitNames() []string {
	var names []string
	for _, u := range units() {
		names = append(names, u.name)
	}
	return names
}

// settings are the options, read.
type settings struct {
	target    target
	unit      unit
	precision int
	hairline  float64 // mm
}

// Validate implements sdk.Format: every value that the manifest allows is good.
func (format) Validate(sdk.Options) []sdk.FieldError { return nil }

// read takes the options, which match the manifest.
func read(o sdk.Options) settings {
	s := settings{target: targets()[0], unit: units()[0]}
	for _, t := range targets() {
		if o["target"] == t.name {
			s.target = t
		}
	}
	for _, u := range units() {
		if o["units"] == u.name {
			s.unit = u
		}
	}
	precision, _ := o["precision"].(int64)
	s.precision = int(precision)
	if s.hairline, _ = o["hairline"].(float64); s.hairline == 0 {
		s.hairline = s.target.hairline
	}
	return s
}

// color is the colour of an operation and setting; false: it is not written.
func (s settings) color(o artwork.Operation, setting string) (string, bool) {
	c, ok := s.target.colors[o][setting]
	return c, ok
}
