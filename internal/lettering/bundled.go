package lettering

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/mapwright/mapwright/assets"
)

// Chain is fonts in the order in which they are asked for a letter.
type Chain []*Font

// The names of the bundled chains.
const (
	Sans         = "sans"
	SansSemiBold = "sans-semibold"
)

// Names lists the bundled chains, the default one first.
func Names() []string { return []string{Sans, SansSemiBold} }

// Bundled gives a chain that is part of the program: Mapwright Sans for Latin,
// Greek and Cyrillic, and then fonts for Arabic, Armenian, Devanagari,
// Georgian, Hebrew and Thai. It fails for a name that is not in Names.
func Bundled(name string) (Chain, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("there is no font %q: take one of %s", name, strings.Join(Names(), ", "))
	}
	chains, err := bundledChains()
	if err != nil {
		return nil, err
	}
	return slices.Clone(chains[name]), nil
}

// bundledChains reads the fonts once: it takes some ten milliseconds.
var bundledChains = sync.OnceValues(func() (map[string]Chain, error) {
	var others Chain
	for _, data := range assets.LabelFonts() {
		f, err := ParseFont(data)
		if err != nil {
			return nil, fmt.Errorf("a font of the program: %w", err)
		}
		others = append(others, f)
	}
	chains := map[string]Chain{}
	for name, data := range map[string][]byte{Sans: assets.Regular, SansSemiBold: assets.SemiBold} {
		f, err := ParseFont(data)
		if err != nil {
			return nil, fmt.Errorf("a font of the program: %w", err)
		}
		chains[name] = append(Chain{f}, others...)
	}
	return chains, nil
})
