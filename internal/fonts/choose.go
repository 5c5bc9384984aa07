package fonts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/lettering"
)

// For chooses installed fonts for letters; see lettering.Shelf. For each script
// it takes the font that is most like those of the program among those that
// have nearly as many of the letters as any, and further ones for the rest.
// The same fonts and letters give the same choice.
func (s Shelf) For(ctx context.Context, w lettering.Wanted) ([]*lettering.Font, error) {
	c := s.Computer
	all, err := c.all(ctx)
	if err != nil {
		return nil, err
	}
	key := keyOf(w)
	c.mutex.Lock()
	known, ok := c.chosen[key]
	c.mutex.Unlock()
	if ok {
		return known, nil
	}
	var chosen []*lettering.Font
	for _, group := range byScript(w.Letters) {
		w.Letters = group
		fonts, err := c.choose(ctx, all, w)
		if err != nil {
			return nil, err
		}
		for _, f := range fonts {
			if !slices.Contains(chosen, f) {
				chosen = append(chosen, f)
			}
		}
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	const most = 64
	if c.chosen == nil || len(c.chosen) >= most {
		c.chosen = map[string][]*lettering.Font{}
	}
	c.chosen[key] = chosen
	return chosen, nil
}

// keyOf names what is wanted.
func keyOf(w lettering.Wanted) string {
	words := make([]string, len(w.Letters))
	for i, l := range w.Letters {
		words[i] = string(l)
	}
	return fmt.Sprint(w.Tongue, " ", w.Weight, " ") + strings.Join(words, " ")
}

// byScript groups letters by their script, in the order in which they occur.
func byScript(letters [][]rune) [][][]rune {
	var groups [][][]rune
	at := map[string]int{}
	for _, l := range letters {
		s := lettering.ScriptOf(l)
		i, ok := at[s]
		if !ok {
			i = len(groups)
			at[s] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], l)
	}
	return groups
}

// choose gives fonts for letters of one script.
func (c *Computer) choose(ctx context.Context, all []installed, w lettering.Wanted) ([]*lettering.Font, error) {
	letters := w.Letters
	const nearly = 0.9
	var chosen []*lettering.Font
	bad := map[place]bool{}
	for len(letters) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		best, has := -1, make([]int, len(all))
		for i, f := range all {
			if !bad[f.place] && !unfit(f.Family) {
				has[i] = count(f, letters)
			}
		}
		most := slices.Max(append(has, 0))
		for i := range all {
			if has[i] > 0 && float64(has[i]) >= nearly*float64(most) && (best < 0 || rank(all[i], w).before(rank(all[best], w))) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		bad[all[best].place] = true // not twice
		f, err := c.load(all[best].path, all[best].index)
		if err != nil {
			continue // damaged beyond its small tables, or gone
		}
		chosen = append(chosen, f)
		letters = slices.DeleteFunc(slices.Clone(letters), all[best].HasAll)
	}
	return chosen, nil
}

func count(f installed, letters [][]rune) int {
	n := 0
	for _, l := range letters {
		n += truth(f.HasAll(l))
	}
	return n
}

// unfit tells whether the letters of a family stand for others: boxes with
// their numbers, or nothing at all.
func unfit(family string) bool {
	family = strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(family, "."), " ", ""))
	return strings.HasPrefix(family, "lastresort") || strings.HasPrefix(family, "adobeblank")
}

// order is how much less a font is wanted than others, by one reason after the
// other.
type order [5]int

func (o order) before(p order) bool { return slices.Compare(o[:], p[:]) < 0 }

// rank orders fonts that have the letters: upright ones of the weight, those
// drawn for the tongue, such as fit to the fonts of the program.
func rank(f installed, w lettering.Wanted) order {
	name := strings.ToLower(f.Family)
	meant := tongueOf(name)
	return order{
		truth(strings.Contains(name, "unifont")), // drawn as squares
		unlike(f, w.Weight),
		truth(meant != "" && meant != w.Tongue),
		truth(strings.Contains(name, "mono") || strings.Contains(name, "code")),
		likeness(name),
	}
}

// likeness is smaller for fonts that go well with the sans of the program.
func likeness(family string) int {
	switch {
	case strings.HasPrefix(family, "noto sans"), strings.HasPrefix(family, "source han sans"):
		return 0
	case slices.ContainsFunc([]string{"serif", "ming", "mincho", "song", "myungjo", "myeongjo", "batang", "kai", "brush", "script", "hand"},
		func(word string) bool { return strings.Contains(family, word) }) && !strings.Contains(family, "sans"):
		return 2
	}
	return 1
}

// tongues names the beginnings of families that are drawn for one tongue and
// do not say so.
var tongues = map[lettering.Tongue][]string{
	lettering.Japanese:    {"hiragino sans", "hiragino kaku", "hiragino mincho", "yu gothic", "yu mincho", "meiryo", "ms gothic", "ms pgothic", "ms mincho", "ipa", "takao", "vl gothic", "source han sans"},
	lettering.Korean:      {"malgun", "apple sd gothic", "applegothic", "nanum", "baekmuk", "un dotum", "undotum", "gulim", "dotum", "batang"},
	lettering.Simplified:  {"microsoft yahei", "simsun", "simhei", "dengxian", "wenquanyi", "heiti sc", "songti sc", "droid sans fallback"},
	lettering.Traditional: {"microsoft jhenghei", "pmingliu", "mingliu", "heiti tc", "songti tc"},
}

// tongueOf tells for which tongue a family, in small letters, is drawn; "" for
// none.
func tongueOf(family string) lettering.Tongue {
	for _, word := range slices.Backward(strings.Fields(family)) {
		switch word {
		case "jp":
			return lettering.Japanese
		case "k", "kr":
			return lettering.Korean
		case "sc", "cn":
			return lettering.Simplified
		case "tc", "tw", "hk":
			return lettering.Traditional
		}
	}
	// Longer beginnings first: "Source Han Sans SC" has its tongue above.
	var found lettering.Tongue
	length := 0
	for _, t := range []lettering.Tongue{lettering.Japanese, lettering.Korean, lettering.Simplified, lettering.Traditional} {
		for _, start := range tongues[t] {
			if strings.HasPrefix(family, start) && len(start) > length {
				found, length = t, len(start)
			}
		}
	}
	return found
}
