package lettering

import (
	"fmt"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// Description is what a font says of itself: enough to choose it, without
// reading its letters.
type Description struct {
	Index   int    // in its file, from 0
	Family  string // such as "Noto Sans CJK JP"
	Weight  int    // 400 is regular, 700 bold
	Italic  bool   // or oblique
	Narrow  bool   // or wide: not as the family usually is
	Version string // as the font writes it; perhaps empty

	axes []tables.VariationAxisRecord // of a font with several weights in one
	cmap font.Cmap
}

// DescribeFonts tells which fonts a file of size bytes holds. Those without
// outlines or characters are left out. It fails as ReadFont does. The file may
// be closed afterwards.
func DescribeFonts(file FontFile, size int64) (all []Description, err error) {
	defer recoverDamage(&all, &err)
	if err := checkTables(file, size); err != nil {
		return nil, err
	}
	for i := range fontsIn(file, size) {
		loader, err := openFont(file, size, i)
		if err != nil {
			return nil, err
		}
		if d := describe(loader, i); d.cmap != nil && hasOutlines(loader) {
			all = append(all, d)
		}
	}
	return all, nil
}

// describe reads the small tables of a font.
func describe(loader *opentype.Loader, index int) Description {
	says, _ := font.Describe(loader, nil)
	d := Description{
		Index:  index,
		Family: strings.Join(strings.Fields(says.Family), " "),
		Weight: int(says.Aspect.Weight),
		Italic: says.Aspect.Style != font.StyleNormal,
		Narrow: says.Aspect.Stretch != font.StretchNormal,
	}
	// What is not there, or broken, is as if it said nothing.
	if raw, err := loader.RawTable(opentype.MustNewTag("name")); err == nil {
		if names, _, err := tables.ParseName(raw); err == nil {
			const version = 5
			d.Version = plainVersion(names.Name(version))
		}
	}
	if raw, err := loader.RawTable(opentype.MustNewTag("fvar")); err == nil {
		if axes, _, err := tables.ParseFvar(raw); err == nil {
			d.axes = axes.Axis
		}
	}
	if len(d.regular()) > 0 {
		d.Weight = int(font.WeightNormal)
	}
	d.cmap = cmapOf(loader)
	return d
}

// cmapOf reads which characters a font has; nil where it has none.
func cmapOf(loader *opentype.Loader) font.Cmap {
	raw, err := loader.RawTable(opentype.MustNewTag("cmap"))
	if err != nil {
		return nil
	}
	table, _, err := tables.ParseCmap(raw)
	if err != nil {
		return nil
	}
	cmap, _, err := font.ProcessCmap(table, tables.FPNone)
	if err != nil {
		return nil
	}
	return cmap
}

// plainVersion is the number out of "Version 2.004;hotconv 1.0.118".
func plainVersion(text string) string {
	text, _, _ = strings.Cut(text, ";")
	fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(text), "Version"))
	if len(fields) == 0 {
		return ""
	}
	return fields[0]
}

// regular are the settings by which a font with several weights in one is of
// the regular weight: without them some are hair-thin.
func (d Description) regular() []font.Variation {
	for _, a := range d.axes {
		if a.Tag == opentype.MustNewTag("wght") && a.Minimum <= 400 && a.Maximum >= 400 && a.Default != 400 {
			return []font.Variation{{Tag: a.Tag, Value: 400}}
		}
	}
	return nil
}

// Has tells whether the font has a letter of its own for a rune.
func (d Description) Has(r rune) bool {
	id, ok := d.cmap.Lookup(r)
	return ok && id != 0
}

// HasAll tells whether the font has letters for all runes that show.
func (d Description) HasAll(letter []rune) bool {
	for _, r := range letter {
		if !invisible(r) && !d.Has(r) {
			return false
		}
	}
	return true
}

// Name is the family, with weight and slope where they are not regular.
func (d Description) Name() string {
	name := d.Family
	if w := weightName(d.Weight); w != "" {
		name += " " + w
	}
	if d.Italic {
		name += " Italic"
	}
	return name
}

// weightName names a weight; the regular one has no name.
//
// ISO/IEC 14496-22, section 5.2.3: usWeightClass.
func weightName(weight int) string {
	names := []string{"Thin", "ExtraLight", "Light", "", "Medium", "SemiBold", "Bold", "ExtraBold", "Black"}
	i := (weight+50)/100 - 1
	if i < 0 || i >= len(names) {
		return fmt.Sprintf("%d", weight)
	}
	return names[i]
}
