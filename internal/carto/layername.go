package carto

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AllLayers stands for every layer where the names of layers are asked for, so
// no layer can be called so, in upper or lower case.
const AllLayers = "all"

const (
	// maxLayerName is the longest name of a layer, bytes: that of a file, which
	// an export may name after it.
	maxLayerName = 255
	// maxCleanName leaves room for a number behind the name, bytes.
	maxCleanName = 240
)

// ValidateLayerName tells what keeps a text from being the name of a layer: an
// *InvalidError, or nil.
func ValidateLayerName(name string) error {
	const what = "name of the layer"
	if err := plainText(what, name); err != nil {
		return err
	}
	trimmed := strings.TrimSpace(name)
	switch {
	case trimmed == "":
		return &InvalidError{What: what, Why: "must not be empty"}
	case strings.ContainsFunc(name, breaksLine):
		return &InvalidError{What: what, Why: fmt.Sprintf("must be one line without control characters, not %q", name)}
	case trimmed != name:
		return &InvalidError{What: what, Why: fmt.Sprintf("must not begin or end with a space: %q", name)}
	case len(name) > maxLayerName:
		return &InvalidError{What: what, Why: fmt.Sprintf("must not be longer than %d bytes; it has %d", maxLayerName, len(name))}
	case strings.EqualFold(name, AllLayers):
		return &InvalidError{What: what, Why: fmt.Sprintf("can't be %q, which stands for all layers", name)}
	}
	return nil
}

// CleanLayerName makes a name that ValidateLayerName takes of what a source
// calls a layer. It stays valid with a number of up to 14 digits behind it.
func CleanLayerName(name string) string {
	name = strings.Map(func(r rune) rune {
		if breaksLine(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.TrimSpace(name)
	if len(name) > maxCleanName {
		end := maxCleanName
		for !utf8.RuneStart(name[end]) {
			end--
		}
		name = strings.TrimSpace(name[:end])
	}
	switch {
	case name == "":
		return "layer"
	case strings.EqualFold(name, AllLayers):
		return name + " 1"
	}
	return name
}

// breaksLine tells of characters that have no place in a line of text.
func breaksLine(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}
