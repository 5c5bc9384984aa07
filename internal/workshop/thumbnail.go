package workshop

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// thumbnailWidth of a map's small picture, pixels: twice what is shown, for
// dense screens.
const thumbnailWidth = 160

// Thumbnail gives the path of a small PNG of a map as the laser leaves it. It
// is kept in the data directory's cache and made anew when the map has changed.
func (w *Workshop) Thumbnail(ctx context.Context, path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(w.DataDir, "cache", "thumbnails")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("the small pictures have no place: %w", err)
	}
	sum := sha256.Sum256([]byte(absolute(path)))
	file := filepath.Join(dir, hex.EncodeToString(sum[:12])+".png")
	// The picture has the time of the map that it shows.
	if kept, err := os.Stat(file); err == nil && kept.ModTime().Equal(info.ModTime()) {
		return file, nil
	}
	// What is no picture any more must not keep a new one from its place.
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err := w.Render(ctx, Render{Map: path, File: file, Mode: RenderLaser, Width: thumbnailWidth}); err != nil {
		return "", err
	}
	return file, os.Chtimes(file, info.ModTime(), info.ModTime())
}
