package accountserver

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver/pgtest"
)

// storeKind is one of the databases that every test of the server runs over.
type storeKind struct {
	name string
	// create makes a new database and returns its URL.
	create func(testing.TB) string
	// backup copies a database aside; restore puts the copy back and returns
	// its URL, which may be another.
	backup func(t testing.TB, s testStore) (restore func(testing.TB) string)
	// witness is what a server over a new database is given.
	witness func() Witness
	// driver and source open a database to look into its tables.
	driver string
	source func(url string) string
	// reach makes a session of the test account from elsewhere; nil asks the
	// server in process.
	reach func(*world) account.Service
	// texts is a query for all columns that can hold text or bytes.
	texts string
}

var stores = []*storeKind{sqliteKind, postgresKind}

var sqliteKind = &storeKind{
	name:    "sqlite",
	create:  func(t testing.TB) string { return sqliteScheme + filepath.Join(t.TempDir(), databaseFile) },
	witness: func() Witness { return &memoryWitness{} },
	driver:  "sqlite3",
	source:  func(url string) string { return sqliteURL(strings.TrimPrefix(url, sqliteScheme), "deferred") },
	texts: `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.type IN ('TEXT', 'BLOB') AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%'`,
	backup: func(t testing.TB, s testStore) func(testing.TB) string {
		copied := backup(t, strings.TrimPrefix(s.url, sqliteScheme))
		return func(t testing.TB) string {
			path := filepath.Join(t.TempDir(), databaseFile)
			if err := os.WriteFile(path, copied, 0o600); err != nil {
				t.Fatal(err)
			}
			return sqliteScheme + path
		}
	},
}

var postgresKind = &storeKind{
	name: "postgres",
	// A new database is a copy of a migrated one: faster, and tested all the same.
	create:  func(t testing.TB) string { return pgtest.Copy(t, migrated(t)) },
	witness: func() Witness { return Restores(0) },
	driver:  "pgx",
	source:  func(url string) string { return url },
	texts: `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND data_type NOT IN ('bigint', 'integer') AND table_name NOT LIKE 'goose%'`,
	backup: func(t testing.TB, s testStore) func(testing.TB) string {
		saved := fmt.Sprintf("saved%d", savedSchemas.Add(1))
		s.run(t, saveInto(saved, s.tables(t)))
		return func(t testing.TB) string {
			s.run(t, putBackFrom(saved, s.tables(t)))
			return s.url
		}
	},
}

// migrated is a PostgreSQL database with empty tables.
var migrated = func() func(testing.TB) string {
	var once sync.Once
	var url string
	return func(t testing.TB) string {
		once.Do(func() {
			url = pgtest.Shared(t)
			store, err := OpenPostgres(context.Background(), url)
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
		})
		return url
	}
}()

// testStore is a store together with a second way to look into its tables.
type testStore struct {
	Store
	kind  *storeKind
	url   string
	audit *sql.DB
}

// open opens a database of a kind, until the test ends.
func (k *storeKind) open(t testing.TB, url string) testStore {
	t.Helper()
	store, err := OpenStore(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	audit, err := sql.Open(k.driver, k.source(url))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := audit.Close(); err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return testStore{Store: store, kind: k, url: url, audit: audit}
}

// backup copies the database aside; restore puts it back and opens it.
func (s testStore) backup(t testing.TB) (restore func(testing.TB) testStore) {
	t.Helper()
	put := s.kind.backup(t, s)
	return func(t testing.TB) testStore { return s.kind.open(t, put(t)) }
}

// onEachKind runs a test once a kind of store.
func onEachKind(t *testing.T, test func(*testing.T, *storeKind)) {
	t.Helper()
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			test(t, kind)
		})
	}
}

// onEachStore runs a test in a new world once a kind of store.
func onEachStore(t *testing.T, test func(*testing.T, *world)) {
	t.Helper()
	onEachKind(t, func(t *testing.T, kind *storeKind) { test(t, newWorld(t, kind.open(t, kind.create(t)))) })
}

// memoryWitness is a witness that outlives no process.
type memoryWitness struct {
	mark Mark
	has  bool
}

func (w *memoryWitness) Trusts(m Mark) (bool, error) { return w.has && m == w.mark, nil }

func (w *memoryWitness) Advance(m Mark) (Mark, error) {
	m.Changes++
	w.mark, w.has = m, true
	return m, nil
}

// columns lists what can hold text or bytes.
func (s testStore) columns(t testing.TB) []string {
	t.Helper()
	return s.list(t, s.kind.texts)
}

// list runs a query for one column of text.
func (s testStore) list(t testing.TB, query string) (list []string) {
	t.Helper()
	rows, err := s.audit.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// run runs statements, all or none.
func (s testStore) run(t testing.TB, statements []string) {
	t.Helper()
	if _, err := s.audit.ExecContext(t.Context(), "BEGIN;"+strings.Join(statements, ";")+";COMMIT"); err != nil {
		t.Fatal(err)
	}
}

// savedSchemas counts the schemas that keep copies of tables.
var savedSchemas atomic.Int64

// tables of a PostgreSQL store.
func (s testStore) tables(t testing.TB) []string {
	t.Helper()
	return s.list(t, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%'`)
}

// saveInto copies tables of a PostgreSQL database into a schema.
func saveInto(schema string, tables []string) []string {
	statements := []string{"CREATE SCHEMA " + schema}
	for _, table := range tables {
		statements = append(statements, fmt.Sprintf("CREATE TABLE %s.%s AS TABLE public.%[2]s", schema, table))
	}
	return statements
}

// putBackFrom puts tables back from a schema as pg_restore does: the triggers
// do not run, and a table is made anew, that of the mark.
func putBackFrom(schema string, tables []string) []string {
	statements := []string{
		"SET LOCAL session_replication_role = replica",
		"ALTER TABLE mark RENAME TO old", "CREATE TABLE mark (LIKE old INCLUDING ALL)", "DROP TABLE old",
	}
	for _, table := range tables {
		statements = append(statements,
			"DELETE FROM public."+table,
			fmt.Sprintf("INSERT INTO public.%s OVERRIDING SYSTEM VALUE SELECT * FROM %s.%[1]s", table, schema))
	}
	return statements
}
