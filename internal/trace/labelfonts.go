package trace

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/lettering"
)

// fontHelp tells what the option font can be.
const fontHelp = "The font of outlined letters: one of the program, the name of a font that is installed on the computer, " +
	"or a font's file (.ttf, .otf, .ttc), which is sought beside the map. " +
	"Letters that it lacks come from the fonts of the program, and then from those of the computer."

// fontChoice is the fonts that a layer is written with.
type fontChoice struct {
	chain  lettering.Chain
	named  *lettering.Font   // the one that the layer names, where it is none of the program
	moves  bool              // named goes with the map: its file lies beside it
	others []*lettering.Font // of the computer, for letters that the rest lacks
	failed []*lettering.FontError
	wrote  bool                         // a text was set in outlines
	texts  map[*lettering.Font][]string // what fonts beyond those of the program wrote
}

// fontsFor chooses the fonts of a layer for texts.
func (w *work) fontsFor(ctx context.Context, texts []string) (*fontChoice, error) {
	c := &fontChoice{texts: map[*lettering.Font][]string{}}
	name := w.settings.choices["font"]
	bundled := name
	if !slices.Contains(lettering.Names(), name) {
		bundled = lettering.Sans
		if err := c.name(ctx, w.scene.fonts, name); err != nil {
			return nil, err
		}
	}
	chain, err := lettering.Bundled(bundled)
	if err != nil {
		return nil, err
	}
	c.chain = chain
	if c.named != nil {
		c.chain = append(lettering.Chain{c.named}, chain...)
	}
	var lacks [][]rune
	for _, t := range texts {
		lacks = append(lacks, c.chain.Lacks(t)...)
	}
	if len(lacks) == 0 || w.scene.fonts == nil {
		return c, nil
	}
	slices.SortFunc(lacks, slices.Compare)
	lacks = slices.CompactFunc(lacks, slices.Equal)
	if c.others, err = w.scene.fonts.For(ctx, lettering.Wanted{
		Letters: lacks, Tongue: lettering.TongueOf(texts), Weight: c.chain[0].Weight(),
	}); err != nil {
		return nil, err
	}
	c.chain = append(c.chain, c.others...)
	return c, nil
}

// name takes the font that the layer names. One that can't be had is kept for
// the report.
func (c *fontChoice) name(ctx context.Context, shelf lettering.Shelf, name string) error {
	if shelf == nil {
		c.failed = append(c.failed, &lettering.FontError{Name: name, Err: errors.New("there are only the fonts of the program")})
		return nil
	}
	var err error
	if c.named, err = shelf.Named(ctx, name); err != nil {
		var failed *lettering.FontError
		if !errors.As(err, &failed) {
			return err
		}
		c.failed = append(c.failed, failed)
	}
	file, _, isFile := lettering.FileName(name)
	c.moves = isFile && !filepath.IsAbs(file)
	return nil
}

// used keeps by which fonts a text was set.
func (c *fontChoice) used(set lettering.Text) {
	c.wrote = c.wrote || len(set.Fonts) > 0
	for _, f := range set.Fonts {
		if (f == c.named || slices.Contains(c.others, f)) && !slices.Contains(c.texts[f], set.String) {
			c.texts[f] = append(c.texts[f], set.String)
		}
	}
}

// drop goes on without a font of the computer that turned out to be damaged;
// false for one of the program.
func (c *fontChoice) drop(damage *lettering.DamageError) bool {
	f := damage.Font
	if f != c.named && !slices.Contains(c.others, f) {
		return false
	}
	c.chain = slices.DeleteFunc(slices.Clone(c.chain), func(o *lettering.Font) bool { return o == f })
	c.failed = append(c.failed, &lettering.FontError{Name: f.Name(), Err: fmt.Errorf("it is damaged (%w)", damage.Err)})
	return true
}

// report notes what another computer would write otherwise.
func (c *fontChoice) report(w *work) {
	for _, f := range c.failed {
		if c.wrote {
			w.add(KindNoFont, 1, w.scene.centre(), "The font %s can't be used, and others are taken in its place: %v.", f.Name, f.Err)
		}
	}
	if n := len(c.texts[c.named]); n > 0 && !c.moves {
		w.add(KindOtherFont, n, w.scene.centre(), "%s written with the font %s of this computer. A computer without it writes them otherwise. %s",
			plural(n, "name"), fullName(c.named), besideMap)
	}
	for _, f := range c.others {
		if n := len(c.texts[f]); n > 0 {
			w.add(KindOtherFont, n, w.scene.centre(), "%s with letters that the layer's font lacks, written with %s of this computer: %s. "+
				"Another computer may write them otherwise. %s", plural(n, "name"), fullName(f), few(c.texts[f]), besideMap)
		}
	}
}

// besideMap tells how a map is written the same everywhere.
const besideMap = "To have it the same everywhere, put the font's file beside the map and choose it as the layer's font."

func fullName(f *lettering.Font) string { return strings.TrimSpace(f.Name() + " " + f.Version()) }

// remedyFor tells what to install for letters.
func remedyFor(runes []rune) string {
	var families, packages []string
	for _, r := range runes {
		script := lettering.ScriptOf([]rune{r})
		family, debian := "Noto Sans "+strings.ReplaceAll(script, "_", " "), "fonts-noto-core"
		switch script {
		case "":
			continue
		case "Han":
			family, debian = "Noto Sans CJK", "fonts-noto-cjk"
		}
		if !slices.Contains(families, family) {
			families = append(families, family)
		}
		if !slices.Contains(packages, debian) {
			packages = append(packages, debian)
		}
	}
	if len(families) == 0 {
		return "Choose a font that has them."
	}
	return "Install a font that has them, such as " + strings.Join(families, ", ") + " (on Debian and Ubuntu " +
		strings.Join(packages, ", ") + "), and start Mapwright again, or choose a font's file."
}
