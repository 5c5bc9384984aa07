package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// transaction is a carto.Tx over one SQLite transaction.
type transaction struct {
	ctx     context.Context
	sql     *sql.Tx
	now     time.Time
	touched map[string]*touched // by table name
}

// touched is what a transaction did to a feature table.
type touched struct {
	table table
	// bulk says that the triggers are gone until finish, and that the
	// transaction keeps R-tree and counts itself.
	bulk                     bool
	added, removed, replaced int64
	lastFID                  int64
	box                      orb.Bound // of all that was put
	some                     bool      // box holds something
}

// bulkFrom is how many features at once are worth taking the triggers away.
const bulkFrom = 200

func (tx *transaction) PutMap(m *carto.Map) error {
	values, err := mapValues(m)
	if err != nil {
		return err
	}
	for key, value := range values {
		if _, err := tx.sql.ExecContext(tx.ctx, `INSERT OR REPLACE INTO mapwright_map (key, value) VALUES (?, ?)`, key, value); err != nil {
			return err
		}
	}
	return nil
}

func (tx *transaction) PutLayer(l carto.Layer, at int) error {
	t, err := findTable(tx.ctx, tx.sql, l.ID)
	var none *carto.NoLayerError
	switch {
	case errors.As(err, &none):
		if err := tx.newTable(l); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		if err := tx.relabel(t, l); err != nil {
			return err
		}
	}
	options, err := toJSON(l.Options)
	if err != nil {
		return err
	}
	if _, err := tx.sql.ExecContext(tx.ctx, `INSERT OR REPLACE INTO mapwright_layers
		(layer_id, position, name, operation, setting, strategy, visible, locked, board, color, options, crs, source)
		VALUES (?, -1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(l.ID), l.Name, string(l.Operation), l.Setting, l.Strategy, l.Visible, l.Locked,
		l.Board, l.Color, options, l.CRS, l.Source); err != nil {
		return err
	}
	return tx.place(l.ID, at)
}

// newTable makes the table of a new layer, or of one that comes back: that one
// gets its old table name, and no feature id that it gave before.
func (tx *transaction) newTable(l carto.Layer) error {
	s, err := srsOf(l.CRS)
	if err != nil {
		return err
	}
	if err := putSRS(tx.sql, s); err != nil {
		return err
	}
	t := table{srs: s.id}
	var lastFID int64
	err = tx.sql.QueryRowContext(tx.ctx, `SELECT table_name, last_fid FROM mapwright_tables WHERE layer_id = ?`,
		string(l.ID)).Scan(&t.name, &lastFID)
	if errors.Is(err, sql.ErrNoRows) {
		if t.name, err = tableName(l.Name, tx.nameTaken); err != nil {
			return err
		}
		_, err = tx.sql.ExecContext(tx.ctx, `INSERT INTO mapwright_tables (table_name, layer_id) VALUES (?, ?)`, t.name, string(l.ID))
	}
	if err != nil {
		return err
	}
	// What another program left of a table that it removed is in the way.
	if err := t.drop(tx.sql); err != nil {
		return err
	}
	if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE mapwright_tables SET features = 0, revision = revision + 1 WHERE table_name = ?`, t.name); err != nil {
		return err
	}
	if err := t.create(tx.sql, l, lastFID); err != nil {
		return err
	}
	tx.touched[t.name] = &touched{table: t, bulk: true}
	return nil
}

func (tx *transaction) nameTaken(name string) (bool, error) {
	var n int
	err := tx.sql.QueryRowContext(tx.ctx, `SELECT
		(SELECT count(*) FROM sqlite_master WHERE lower(name) = ?1) +
		(SELECT count(*) FROM mapwright_tables WHERE table_name = ?1) +
		(SELECT count(*) FROM gpkg_contents WHERE lower(table_name) = ?1)`, name).Scan(&n)
	return n > 0, err
}

// relabel brings what the GeoPackage says of a layer in line with l.
func (tx *transaction) relabel(t table, l carto.Layer) error {
	s, err := srsOf(l.CRS)
	if err != nil {
		return err
	}
	if s.id != t.srs {
		return fmt.Errorf("the layer %q is in another coordinate system than %q; import its source again to change it", l.Name, l.CRS)
	}
	_, err = tx.sql.ExecContext(tx.ctx, `UPDATE gpkg_contents SET identifier = ? WHERE table_name = ?`, l.Name, t.name)
	return err
}

// place puts a layer at a position from the bottom; the others move up.
func (tx *transaction) place(id carto.LayerID, at int) error {
	var order []string
	err := eachRow(tx.ctx, tx.sql, `SELECT layer_id FROM mapwright_layers WHERE layer_id <> ? ORDER BY position, layer_id`,
		[]any{string(id)}, func(row scanner) error {
			var other string
			err := row.Scan(&other)
			order = append(order, other)
			return err
		})
	if err != nil {
		return err
	}
	order = slices.Insert(order, max(0, min(at, len(order))), string(id))
	for i, id := range order {
		if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE mapwright_layers SET position = ?1 WHERE layer_id = ?2 AND position <> ?1`, i, id); err != nil {
			return err
		}
	}
	return nil
}

func (tx *transaction) RemoveLayer(id carto.LayerID) error {
	t, err := findTable(tx.ctx, tx.sql, id)
	if err != nil {
		return err
	}
	if err := t.drop(tx.sql); err != nil {
		return err
	}
	delete(tx.touched, t.name)
	if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE mapwright_tables SET features = 0, revision = revision + 1 WHERE table_name = ?`, t.name); err != nil {
		return err
	}
	_, err = tx.sql.ExecContext(tx.ctx, `DELETE FROM mapwright_layers WHERE layer_id = ?`, string(id))
	return err
}

func (tx *transaction) Features(layer carto.LayerID, ids ...int64) ([]carto.Feature, error) {
	if len(ids) == 0 {
		var all []carto.Feature
		for f, err := range readFeatures(tx.ctx, tx.sql, layer, orb.Bound{}) {
			if err != nil {
				return nil, err
			}
			all = append(all, f)
		}
		return all, nil
	}
	t, err := findTable(tx.ctx, tx.sql, layer)
	if err != nil {
		return nil, err
	}
	return tx.some(t, layer, ids)
}

// some reads those of the ids that there are, in the order of ids.
func (tx *transaction) some(t table, layer carto.LayerID, ids []int64) (found []carto.Feature, err error) {
	query, err := tx.sql.PrepareContext(tx.ctx, fmt.Sprintf(`SELECT %s FROM "%s" WHERE fid = ?`, featureColumns, t.name))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, query.Close()) }()
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		f, err := readFeature(query.QueryRowContext(tx.ctx, id), layer)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return found, nil
}

// touch is what is known of a table in this transaction; many at once are
// written without triggers.
func (tx *transaction) touch(t table, many int) (*touched, error) {
	w := tx.touched[t.name]
	if w == nil {
		w = &touched{table: t}
		tx.touched[t.name] = w
	}
	if many >= bulkFrom && !w.bulk {
		if err := t.dropTriggers(tx.sql); err != nil {
			return nil, err
		}
		w.bulk = true
	}
	return w, nil
}

// finish gives every touched table its triggers, counts and extent. It runs
// before the commit.
func (tx *transaction) finish() error {
	names := make([]string, 0, len(tx.touched))
	for name := range tx.touched {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if err := tx.finishTable(tx.touched[name]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *transaction) finishTable(w *touched) error {
	if w.bulk {
		if err := w.table.addTriggers(tx.sql); err != nil {
			return err
		}
		if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE mapwright_tables SET revision = revision + ?,
			features = features + ?, last_fid = max(last_fid, ?) WHERE table_name = ?`,
			w.added+w.removed+w.replaced, w.added-w.removed, w.lastFID, w.table.name); err != nil {
			return err
		}
	}
	last := tx.now.UTC().Format("2006-01-02T15:04:05.000Z")
	if !w.some {
		_, err := tx.sql.ExecContext(tx.ctx, `UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?`, last, w.table.name)
		return err
	}
	// The extent of gpkg_contents is informative: it grows, and never shrinks.
	_, err := tx.sql.ExecContext(tx.ctx, `UPDATE gpkg_contents SET last_change = ?1,
		min_x = min(?2, ifnull(min_x, ?2)), min_y = min(?3, ifnull(min_y, ?3)),
		max_x = max(?4, ifnull(max_x, ?4)), max_y = max(?5, ifnull(max_y, ?5)) WHERE table_name = ?6`,
		last, w.box.Min[0], w.box.Min[1], w.box.Max[0], w.box.Max[1], w.table.name)
	return err
}
