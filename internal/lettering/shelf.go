package lettering

import (
	"context"
	"fmt"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
	"golang.org/x/text/unicode/norm"
)

// Shelf holds fonts beyond those of the program: files of the maker's, and
// what is installed on the computer. Its methods may be called from several
// goroutines, and may take a second when they are first called.
type Shelf interface {
	// Named gives a font by its family, or from a file. It fails with a
	// *FontError where there is none.
	Named(ctx context.Context, name string) (*Font, error)
	// For gives fonts for letters, as few as may be, the preferred ones first.
	// The letters that no font has are not in any of them. It fails where the
	// shelf itself can't be looked through.
	For(ctx context.Context, w Wanted) ([]*Font, error)
}

// Wanted is what fonts are wanted for.
type Wanted struct {
	Letters [][]rune // each with its marks
	// Tongue is the language whose form a letter shall have, where languages
	// differ.
	Tongue Tongue
	// Weight is that of the letters beside it: 400 is regular, 700 bold.
	Weight int
}

// FontError says why a font that was asked for is not used.
type FontError struct {
	Name string // as it was asked for
	Err  error
}

// Error names the font.
func (e *FontError) Error() string { return fmt.Sprintf("the font %q: %v", e.Name, e.Err) }

// Unwrap gives the reason.
func (e *FontError) Unwrap() error { return e.Err }

// DamageError says that a font turned out to be damaged when a text was set.
type DamageError struct {
	Font *Font
	Text string
	Err  error
}

// Error names the text and the font.
func (e *DamageError) Error() string {
	return fmt.Sprintf("setting %q: the font %s is damaged (%v): take another font", e.Text, e.Font.Name(), e.Err)
}

// Unwrap gives the reason.
func (e *DamageError) Unwrap() error { return e.Err }

// Lacks gives the letters of a text, with their marks, that no font of the
// chain has; each once.
func (c Chain) Lacks(text string) [][]rune {
	var out [][]rune
	seen := map[string]bool{}
	var seg segmenter.Segmenter
	seg.Init([]rune(norm.NFC.String(tidy(text))))
	for it := seg.GraphemeIterator(); it.Next(); {
		g := it.Grapheme().Text
		if firstWithAll(c, g) == nil && !seen[string(g)] {
			seen[string(g)] = true
			out = append(out, g)
		}
	}
	return out
}

// Tongue is a language whose form of the letters that Chinese, Japanese and
// Korean share is wanted.
type Tongue string

// The tongues, named as the fonts name them.
const (
	Japanese    Tongue = "JP"
	Korean      Tongue = "KR"
	Simplified  Tongue = "SC"
	Traditional Tongue = "TC"
)

// TongueOf tells from names, those of one layer, in which language the letters
// that several share are meant: kana are Japanese, Hangul is Korean, bopomofo
// is written where the traditional letters are. Without any of them they are
// taken as those of the mainland of China.
func TongueOf(texts []string) Tongue {
	var kana, hangul, bopomofo int
	for _, text := range texts {
		for _, r := range text {
			switch {
			case unicode.In(r, unicode.Hiragana, unicode.Katakana):
				kana++
			case unicode.Is(unicode.Hangul, r):
				hangul++
			case unicode.Is(unicode.Bopomofo, r):
				bopomofo++
			}
		}
	}
	switch {
	case kana > 0 && kana >= hangul:
		return Japanese
	case hangul > 0:
		return Korean
	case bopomofo > 0:
		return Traditional
	}
	return Simplified
}

// ScriptOf names the script of a letter as Unicode does, such as "Ethiopic"; ""
// where it is of none. What one font holds together is one: the letters of
// Japanese, Korean and Chinese are "Han".
func ScriptOf(letter []rune) string {
	for _, r := range letter {
		if unicode.In(r, unicode.Common, unicode.Inherited) {
			continue
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) {
			return "Han"
		}
		for name, table := range unicode.Scripts { // each rune is of one script
			if unicode.Is(table, r) {
				return name
			}
		}
	}
	return ""
}
