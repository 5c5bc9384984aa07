package export

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxName is the most bytes of a file name's stem: with suffixes and
// extension it stays below the 255 bytes that file systems allow.
const maxName = 180

// windowsNames are names that Windows keeps for devices, with any extension.
var windowsNames = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true,
	"com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
}

// CleanName turns a title or a layer's name into part of a file name that
// every system takes: NFC, with `/\:*?"<>|` and controls as "_", no dot or
// space at its ends, reserved Windows names with "_" behind them.
func CleanName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(name, "_")))
	clean = strings.Trim(clean, " .")
	if clean == "" {
		return "_"
	}
	stem, _, _ := strings.Cut(clean, ".")
	if stem = strings.TrimRight(stem, " "); windowsNames[strings.ToLower(stem)] {
		clean = stem + "_" + clean[len(stem):]
	}
	if len(clean) > maxName {
		clean = strings.TrimRight(strings.ToValidUTF8(clean[:maxName], ""), " .")
	}
	return clean
}

// names gives each file of a run its own name, ignoring case.
type names map[string]bool

// take returns stem.ext, or "stem (2).ext" and so on where that is taken.
func (n names) take(stem, ext string) string {
	for i := 1; ; i++ {
		name := numbered(stem, ext, i)
		if key := strings.ToLower(name); !n[key] {
			n[key] = true
			return name
		}
	}
}

// numbered is the name of the i-th file that wants to be stem.ext.
func numbered(stem, ext string, i int) string {
	if i > 1 {
		stem += " (" + strconv.Itoa(i) + ")"
	}
	return stem + "." + ext
}
