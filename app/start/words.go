package start

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mapwright/mapwright/app/words"
)

// ground writes an extent on the ground, given in m: "560 × 420 km".
func ground(w, h float64) string {
	if max(w, h) < 1000 {
		return words.Number(int(math.Round(w))) + " × " + words.Number(int(math.Round(h))) + " m"
	}
	km := func(m float64) string {
		if m < 9950 {
			return strconv.FormatFloat(m/1000, 'f', 1, 64)
		}
		return words.Number(int(math.Round(m / 1000)))
	}
	return km(w) + " × " + km(h) + " km"
}

// board writes a size in mm: "400 × 300 mm".
func board(w, h float64) string { return bare(w) + " × " + bare(h) + " mm" }

func bare(mm float64) string { return strconv.FormatFloat(mm, 'f', -1, 64) }

// ratio writes a scale: "1 : 1,400,000".
func ratio(n float64) string {
	if n < 100 {
		return "1 : " + strconv.FormatFloat(n, 'f', 1, 64)
	}
	return "1 : " + words.Number(int(math.Round(n)))
}

// when writes a time as people say it: "today, 10:41", "14 November".
func when(t, now time.Time) string {
	t = t.In(now.Location())
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	switch {
	case !t.Before(today) && t.Before(today.AddDate(0, 0, 1)):
		return "today, " + t.Format("15:04")
	case !t.Before(today.AddDate(0, 0, -1)) && t.Before(today):
		return "yesterday, " + t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("2 January")
	default:
		return t.Format("2 January 2006")
	}
}

// zoomed writes how much larger than the whole world something is: "6.9 ×".
func zoomed(n float64) string {
	if n < 100 {
		return strconv.FormatFloat(n, 'f', 1, 64) + " ×"
	}
	return words.Number(int(math.Round(n))) + " ×"
}

// bytesOf writes the size of a file.
func bytesOf(n int64) string {
	switch {
	case n < 1000:
		return strconv.FormatInt(n, 10) + " bytes"
	case n < 1_000_000:
		return strconv.FormatInt((n+500)/1000, 10) + " kB"
	default:
		return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
	}
}

// longest file name of a map, in bytes with room for a number and an ending.
const longest = 120

// fileName is what the file of a map of a title is called, without an ending.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, norm.NFC.String(title))
	for len(name) > longest {
		runes := []rune(name)
		name = string(runes[:len(runes)-1])
	}
	name = strings.Trim(name, " .")
	if name == "" {
		return "map"
	}
	if reserved[strings.ToUpper(name)] {
		name += "_"
	}
	return name
}

// reserved are names that Windows keeps for devices.
var reserved = func() map[string]bool {
	names := map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true}
	for i := '1'; i <= '9'; i++ {
		names["COM"+string(i)], names["LPT"+string(i)] = true, true
	}
	return names
}()

// short writes a folder with ~ for the person's own.
func short(folder, home string) string {
	if home == "" {
		return folder
	}
	if rest, err := filepath.Rel(home, folder); err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator)) {
		return filepath.Join("~", rest)
	}
	return folder
}
