package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"
)

// escape makes any text safe inside an element and inside an attribute; what
// XML can't hold becomes U+FFFD.
func escape(s string) (string, error) {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(strings.ToValidUTF8(s, "\uFFFD"))); err != nil {
		return "", fmt.Errorf("%q can't be written as XML: %w", s, err)
	}
	return b.String(), nil
}

// ids gives every group an id of its own.
type ids map[string]bool

// unique is an id made from a name: letters, digits, - _ . stay and all else
// becomes one hyphen; a number tells equal ones apart.
func (taken ids) unique(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		switch {
		case r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.' || r == '-'),
			r >= 0xC0 && r <= 0x2FF && r != 0xD7 && r != 0xF7, // letters in every edition of XML
			r >= 0x391 && r <= 0x3A1, r >= 0x3A3 && r <= 0x3C9, r >= 0x410 && r <= 0x44F,
			r >= 0x4E00 && r <= 0x9FA5:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		default:
			gap = true
		}
	}
	id := b.String()
	if id == "" || !unicode.IsLetter([]rune(id)[0]) && id[0] != '_' {
		id = "layer-" + id
	}
	id = strings.TrimRight(id, "-")
	for n, base := 2, id; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	taken[id] = true
	return id
}
