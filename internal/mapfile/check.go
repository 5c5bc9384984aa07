package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
)

// fullCheckUpTo is the largest file that is checked page by page when it is
// opened: about 20 ms. A larger one is checked where damage would be fatal: its
// header and size (by SQLite), its catalogue, our tables, and both ends of each
// feature table. Damage elsewhere is reported when it is read.
const fullCheckUpTo = 8 << 20 // bytes

// check says whether a database is a sound map file, and of which format.
func check(ctx context.Context, db *sql.DB, path string) (version int, err error) {
	var application int64
	var tables int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return 0, err
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table'
		AND name IN ('mapwright_map', 'mapwright_layers', 'mapwright_tables', 'gpkg_contents',
			'gpkg_geometry_columns', 'gpkg_extensions', 'gpkg_spatial_ref_sys')`).Scan(&tables); err != nil {
		return 0, err
	}
	switch {
	case application != applicationID && tables == 0:
		return 0, &Error{Path: path, Problem: NotAMap}
	case tables < 7 && !hasOurs(ctx, db):
		return 0, &Error{Path: path, Problem: NotOurs}
	case tables < 7:
		return 0, &Error{Path: path, Problem: Damaged, Err: errors.New("some of its tables are missing")}
	}
	if version, err = formatOf(ctx, db); err != nil {
		return 0, &Error{Path: path, Problem: Damaged, Err: err}
	}
	if err := quickCheck(ctx, db, path); err != nil {
		return 0, err
	}
	if _, err := readMap(ctx, db); err != nil {
		if _, known := problemOf(err); known || ctx.Err() != nil {
			return 0, err
		}
		return 0, &Error{Path: path, Problem: Damaged, Err: err}
	}
	return version, nil
}

func hasOurs(ctx context.Context, db *sql.DB) bool {
	var n int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name LIKE 'mapwright!_%' ESCAPE '!'`).Scan(&n)
	return err != nil || n > 0
}

// formatOf is the version of our tables.
func formatOf(ctx context.Context, db *sql.DB) (int, error) {
	var value string
	if err := db.QueryRowContext(ctx, `SELECT value FROM mapwright_map WHERE key = 'format'`).Scan(&value); err != nil {
		return 0, fmt.Errorf("its format version: %w", err)
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("its format version is %q", value)
	}
	return n, nil
}

// quickCheck looks for damage; see fullCheckUpTo.
func quickCheck(ctx context.Context, db *sql.DB, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Size() <= fullCheckUpTo {
		var verdict string
		if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return &Error{Path: path, Problem: Damaged, Err: errors.New(oneLine(verdict))}
		}
		return nil
	}
	var layers []carto.LayerID
	if err := eachRow(ctx, db, `SELECT layer_id FROM mapwright_layers`, nil, func(row scanner) error {
		var id carto.LayerID
		err := row.Scan(&id)
		layers = append(layers, id)
		return err
	}); err != nil {
		return err
	}
	for _, id := range layers {
		if err := checkEnds(ctx, db, id); err != nil {
			return err
		}
	}
	return nil
}

// oneLine makes a clause of what SQLite says of damage: a heading, and a line
// for each thing found.
func oneLine(verdict string) string {
	var found []string
	for line := range strings.Lines(verdict) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "***") {
			found = append(found, line)
		}
	}
	return strings.Join(found, "; ")
}

// checkEnds reads the first and the last feature of a layer, and the root of
// its R-tree.
func checkEnds(ctx context.Context, db *sql.DB, layer carto.LayerID) error {
	t, err := findTable(ctx, db, layer)
	var none *carto.NoLayerError
	if errors.As(err, &none) {
		return nil // another program removed it
	}
	if err != nil {
		return err
	}
	for _, order := range []string{"ASC", "DESC"} {
		_, err := readFeature(db.QueryRowContext(ctx, fmt.Sprintf(`SELECT %s FROM "%s" ORDER BY fid %s LIMIT 1`,
			featureColumns, t.name, order)), layer)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	var n int
	return db.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM "rtree_%s_geom" LIMIT 1)`, t.name)).Scan(&n)
}
