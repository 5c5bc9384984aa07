package words

import (
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
)

// parts names the parts of the layer "Frame and text", and what their size is.
var parts = map[string][2]string{
	workshop.PartBorder:      {"Border", ""},
	workshop.PartTitle:       {"Title", "Height of capitals"},
	workshop.PartScaleBar:    {"Scale bar", "Longest"},
	workshop.PartNorthArrow:  {"North arrow", "Height"},
	workshop.PartHole:        {"Hole", "Diameter"},
	workshop.PartCredit:      {"Credit line", "Height of capitals"},
	workshop.PartScale:       {"Scale", "Height of capitals"},
	workshop.PartCoordinates: {"Coordinates", "Height of capitals"},
	workshop.PartText:        {"Text", "Height of capitals"},
}

// Part names a class of parts.
func Part(class string) string {
	if p, ok := parts[class]; ok {
		return p[0]
	}
	return Title(class)
}

// PartSize says what the size of a part of a class is.
func PartSize(class string) string {
	if p, ok := parts[class]; ok {
		return p[1]
	}
	return "Size"
}

// Place names a place on the piece: "Top left" for top-left.
func Place(anchor string) string {
	if anchor == "center" {
		return "Middle"
	}
	return Title(strings.ReplaceAll(anchor, "-", " "))
}

// Offset says from where a part is measured along and up, by its place.
func Offset(anchor string) (along, up string) {
	along, up = "Right of middle", "Above middle"
	switch {
	case strings.Contains(anchor, "left"):
		along = "From the left"
	case strings.Contains(anchor, "right"):
		along = "From the right"
	}
	switch {
	case strings.Contains(anchor, "top"):
		up = "From the top"
	case strings.Contains(anchor, "bottom"):
		up = "From the bottom"
	}
	return along, up
}
