package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// querier is a database, a transaction or a connection.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readMap reads everything but the features. A layer whose table another
// program has removed is gone.
func readMap(ctx context.Context, q querier) (*carto.Map, error) {
	values, err := readValues(ctx, q)
	if err != nil {
		return nil, err
	}
	m, err := mapOf(values)
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, q, `SELECT l.layer_id, l.name, l.operation, l.setting, l.strategy, l.visible, l.locked,
			l.board, l.color, l.options, l.crs, l.source, t.features
		FROM mapwright_layers l JOIN mapwright_tables t USING (layer_id)
		WHERE EXISTS (SELECT 1 FROM sqlite_master s WHERE s.type = 'table' AND s.name = t.table_name)
		ORDER BY l.position, l.layer_id`, nil, func(row scanner) error {
		l, err := readLayer(row)
		m.Layers = append(m.Layers, l)
		return err
	})
	return m, err
}

func readLayer(row scanner) (carto.Layer, error) {
	var (
		l                  carto.Layer
		operation, options string
	)
	if err := row.Scan(&l.ID, &l.Name, &operation, &l.Setting, &l.Strategy, &l.Visible, &l.Locked,
		&l.Board, &l.Color, &options, &l.CRS, &l.Source, &l.Count); err != nil {
		return l, err
	}
	l.Operation = artwork.Operation(operation)
	var err error
	if l.Options, err = optionsOf(options); err != nil {
		return l, fmt.Errorf("the options of the layer %q: %w", l.Name, err)
	}
	return l, nil
}

// readValues reads mapwright_map.
func readValues(ctx context.Context, q querier) (map[string]string, error) {
	values := map[string]string{}
	err := eachRow(ctx, q, `SELECT key, value FROM mapwright_map`, nil, func(row scanner) error {
		var k, v string
		if err := row.Scan(&k, &v); err != nil {
			return err
		}
		values[k] = v
		return nil
	})
	return values, err
}

// eachRow calls f for every row of a query, until an error.
func eachRow(ctx context.Context, q querier, query string, args []any, f func(scanner) error) (err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// findTable is the feature table of a layer; a *carto.NoLayerError if it has none.
func findTable(ctx context.Context, q querier, layer carto.LayerID) (table, error) {
	var t table
	err := q.QueryRowContext(ctx, `SELECT t.table_name, g.srs_id
		FROM mapwright_layers l JOIN mapwright_tables t USING (layer_id)
		JOIN gpkg_geometry_columns g ON g.table_name = t.table_name
		WHERE l.layer_id = ?`, string(layer)).Scan(&t.name, &t.srs)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !safeName(t.name) {
		return table{}, &carto.NoLayerError{Name: string(layer)}
	}
	return t, err
}

// readRevision is the count of changes of a layer's features.
func readRevision(ctx context.Context, q querier, layer carto.LayerID) (string, error) {
	var n int64
	err := q.QueryRowContext(ctx, `SELECT t.revision FROM mapwright_layers l JOIN mapwright_tables t USING (layer_id)
		WHERE l.layer_id = ?`, string(layer)).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return "", &carto.NoLayerError{Name: string(layer)}
	}
	return strconv.FormatInt(n, 10), err
}

// errStop ends eachRow early.
var errStop = errors.New("no more is wanted")

// readFeatures yields the features of a layer by id, with a box only those
// that touch it, which the R-tree finds: it keeps float32 boxes rounded
// outwards, so the exact ones decide.
func readFeatures(ctx context.Context, q querier, layer carto.LayerID, box orb.Bound) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		t, err := findTable(ctx, q, layer)
		if err != nil {
			yield(carto.Feature{}, err)
			return
		}
		query := fmt.Sprintf(`SELECT %s FROM "%s" ORDER BY fid`, featureColumns, t.name)
		var args []any
		boxed := !carto.NoBox(box)
		if boxed {
			query = fmt.Sprintf(`SELECT %s FROM "%s" WHERE fid IN (
				SELECT id FROM "rtree_%[2]s_geom" WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)
				ORDER BY fid`, featureColumns, t.name)
			args = []any{box.Min[0], box.Max[0], box.Min[1], box.Max[1]}
		}
		err = eachRow(ctx, q, query, args, func(row scanner) error {
			f, err := readFeature(row, layer)
			if err != nil {
				return err
			}
			if boxed {
				if extent, some := carto.Extent(f.Geometry); !some || !touches(extent, box) {
					return nil
				}
			}
			if !yield(f, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(carto.Feature{}, err)
		}
	}
}
