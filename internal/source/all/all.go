// Package all lists the importers that Mapwright comes with, for those who
// open a file without knowing what it is. It reads nothing itself.
package all

import (
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/geojson"
	"github.com/mapwright/mapwright/internal/source/osm"
)

// Importers returns every importer, in the order in which they are tried.
func Importers() source.Importers {
	return source.Importers{osm.Importer{}, geojson.Importer{}}
}
