package credits

import "context"

// FillDisk lets a purse on disk grow no further.
func FillDisk(ctx context.Context, l Log) error {
	var pages int
	db := l.(*sqliteLog).db
	if err := db.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return err
	}
	return db.QueryRowContext(ctx, "PRAGMA max_page_count = 1").Scan(&pages)
}
