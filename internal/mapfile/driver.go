package mapfile

import (
	"database/sql"

	"github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"
)

// driverName is SQLite with the functions that a GeoPackage's triggers need.
const driverName = "mapwright-geopackage"

func init() {
	sql.Register(driverName, &sqlite3.SQLiteDriver{ConnectHook: registerFunctions})
}

// registerFunctions gives a connection the minimal functions of the R-tree
// extension (OGC 12-128r17, F.3): NULL for NULL, for an empty geometry and for
// what is no geometry.
func registerFunctions(c *sqlite3.SQLiteConn) error {
	edge := func(pick func(orb.Bound) float64) func(any) any {
		return func(v any) any {
			box, ok := blobBounds(v)
			if !ok {
				return nil
			}
			return pick(box)
		}
	}
	for name, f := range map[string]func(any) any{
		"ST_MinX": edge(func(b orb.Bound) float64 { return b.Min[0] }),
		"ST_MaxX": edge(func(b orb.Bound) float64 { return b.Max[0] }),
		"ST_MinY": edge(func(b orb.Bound) float64 { return b.Min[1] }),
		"ST_MaxY": edge(func(b orb.Bound) float64 { return b.Max[1] }),
		"ST_IsEmpty": func(v any) any {
			blob, isBlob := v.([]byte)
			h, err := readHeader(blob)
			if err != nil || !isBlob {
				return nil
			}
			_, some, err := h.bounds()
			if err != nil {
				return nil
			}
			return !some
		},
	} {
		if err := c.RegisterFunc(name, f, true); err != nil {
			return err
		}
	}
	return nil
}

// blobBounds is the box of a blob; ok is false where it has none.
func blobBounds(v any) (box orb.Bound, ok bool) {
	blob, isBlob := v.([]byte)
	if !isBlob {
		return orb.Bound{}, false
	}
	h, err := readHeader(blob)
	if err != nil {
		return orb.Bound{}, false
	}
	box, ok, err = h.bounds()
	return box, ok && err == nil
}
