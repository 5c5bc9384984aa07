package exporting

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/mapwright/mapwright/app/stage"
)

// choose asks for the folder to save to.
func (d *Dialog) choose() {
	d.pick(d.folder, func(folder string) {
		d.folder = folder
		d.update()
	})
}

func (d *Dialog) pickFolder(from string, picked func(string)) {
	open := dialog.NewFolderOpen(func(uri fyne.ListableURI, err error) {
		switch {
		case err != nil:
			d.say(stage.Problem("The folder can’t be used", err))
		case uri != nil:
			picked(uri.Path())
		}
	}, d.win)
	if at, err := storage.ListerForURI(storage.NewFileURI(from)); err == nil {
		open.SetLocation(at)
	}
	open.Resize(d.win.Canvas().Size().Subtract(fyne.NewSquareSize(2 * modalMargin)))
	open.Show()
}

// showFolder shows where the files are.
func (d *Dialog) showFolder(folder string) {
	d.loop.Go(func(ctx context.Context) {
		if err := d.openURI(ctx, folder); err != nil {
			d.loop.UI("folder", func() { d.say(stage.Problem("The folder was not shown", err)) })
		}
	})
}

// openFolder shows a folder in the system's file manager.
func openFolder(ctx context.Context, folder string) error {
	name := "xdg-open"
	switch runtime.GOOS {
	case "windows":
		name = "explorer"
	case "darwin":
		name = "open"
	}
	cmd := exec.Command(name, folder)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s can’t be shown: %w", folder, err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }() // the file manager may stay open after us
	select {
	case <-ctx.Done():
		return nil
	case err := <-done:
		if err != nil && runtime.GOOS != "windows" { // explorer fails when all is well
			return fmt.Errorf("%s can’t be shown: %w", folder, err)
		}
		return nil
	}
}

// shortFolder names a folder by its last two parts.
func shortFolder(path string) string {
	path = filepath.Clean(path)
	name, parent := filepath.Base(path), filepath.Base(filepath.Dir(path))
	if parent == "." || strings.Contains(parent, string(filepath.Separator)) || parent == name {
		return name
	}
	return parent + " / " + name
}
