package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// format behaves as its id says.
type format struct{ id string }

// Manifest implements sdk.Format.
func (f format) Manifest() sdk.Manifest {
	least, most := 0.0, 1e6
	m := sdk.Manifest{
		ID: f.id, Version: testplugins.Version, Name: "Test " + f.id,
		Description: "A plugin for tests.", Publisher: "Mapwright",
		Extension: "txt", MediaType: "text/plain",
		Accepts: sdk.Accepts{Curves: true, Arcs: true, Fills: true, Heights: true, Layers: true, Boards: true},
		Options: []sdk.Option{
			{Key: "files", Type: sdk.Integer, Title: "Files", Description: "How many files it writes.", Default: int64(1), Min: &least, Max: &most},
			{Key: "lines", Type: sdk.Integer, Title: "Lines", Description: "How many lines of filling each file has.", Default: int64(0), Min: &least, Max: &most},
			{Key: "greeting", Type: sdk.Text, Title: "Greeting", Description: "First line of a file.", Default: "hello"},
		},
		Limits: sdk.Limits{Files: 1000, FileBytes: 1 << 30},
	}
	switch f.id {
	case testplugins.ManyFiles:
		m.Limits.Files = 8
	case testplugins.BigFile:
		m.Limits.FileBytes = 1 << 20
	case testplugins.Liar:
		if len(os.Args) == 1 {
			m.Description = "Something else."
		}
	}
	return m
}

// Validate implements sdk.Format.
func (f format) Validate(options sdk.Options) []sdk.FieldError {
	if options["greeting"] == "rude" {
		return []sdk.FieldError{{Field: "greeting", Message: "be polite"}}
	}
	return nil
}

// Export implements sdk.Format.
func (f format) Export(ctx context.Context, job *sdk.Job, out sdk.Output) error {
	layers, points, err := count(job)
	if err != nil {
		return err
	}
	if misbehave := inExport[f.id]; misbehave != nil {
		if err := misbehave(out); err != nil || ends[f.id] {
			return err
		}
	}
	for i := range job.Options["files"].(int64) {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprint(i + 1)
		}
		text := fmt.Sprintf("%v\n%d layers, %d points\n", job.Options["greeting"], layers, points)
		text += strings.Repeat("filling\n", int(job.Options["lines"].(int64)))
		if err := write(out, suffix, text); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func count(job *sdk.Job) (layers, points int, err error) {
	for {
		layer, err := job.Next()
		if errors.Is(err, io.EOF) {
			return layers, points, nil
		}
		if err != nil {
			return 0, 0, err
		}
		layers++
		for _, s := range layer.Shapes {
			for _, p := range s.Paths {
				points += len(p.Points)
			}
		}
	}
}

func write(out sdk.Output, suffix, text string) error {
	w, err := out.Create(suffix)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}

// begin writes a file that is left open, and what shows that bytes came.
func begin(out sdk.Output) error {
	w, err := out.Create("")
	if err != nil {
		return err
	}
	if _, err := w.Write(make([]byte, 300<<10)); err != nil {
		return err
	}
	return out.Progress(0.5)
}

// slow writes a byte at a time.
func slow(out sdk.Output) error {
	for i := range 20 {
		if err := write(out, fmt.Sprint(i), "."); err != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}
