package adding

import (
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
)

// wish is what is wanted of a file: a preset, or one layer of what has an
// attribute.
type wish struct {
	preset     string
	layer      string
	key, value string // "": everything
}

// of says it of a file.
func (w wish) of(file workshop.SourceFile) workshop.Import {
	i := workshop.Import{Source: file.Path, Preset: w.preset, Layer: w.layer}
	if w.key != "" {
		i.Where = map[string]string{w.key: w.value}
	}
	return i
}

// subject is something on a map that people have a word for.
type subject struct{ label, key, value string }

// subjects are those of OpenStreetMap, by its keys. The last one is the person's
// own.
var subjects = []subject{
	{"Everything", "", ""},
	{"Houses", "building", "*"},
	{"Streets and paths", "highway", "*"},
	{"Railways", "railway", "*"},
	{"Rivers and streams", "waterway", "*"},
	{"Lakes and rivers as areas", "natural", "water"},
	{"Coast", "natural", "coastline"},
	{"Woods", "natural", "wood"},
	{"Parks", "leisure", "park"},
	{"Borders", "boundary", "administrative"},
	{"Other key and value", "", ""},
}

// own is the index of the subject that the person spells out.
var own = len(subjects) - 1

// baseName is what a layer of a file is called unless the person says
// otherwise: the file's name without its endings.
func baseName(path string) string {
	name := filepath.Base(path)
	for _, ending := range []string{".gz", ".bz2", ".pbf", ".osm", ".geojson", ".json"} {
		if cut := name[:len(name)-min(len(name), len(ending))]; cut != "" && strings.EqualFold(name[len(cut):], ending) {
			name = cut
		}
	}
	return name
}
