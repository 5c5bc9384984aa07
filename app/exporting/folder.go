package exporting

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

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
