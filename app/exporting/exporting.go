// Package exporting is the dialog that exports a map: a grid of layers and
// formats with their prices, then how far each of them is, then what came of
// it. It shows prices and charges, and works out neither.
package exporting

import (
	"context"

	"github.com/mapwright/mapwright/internal/workshop"
)

// Shop is what the dialog needs of a workshop.
type Shop interface {
	// Plugins lists the formats that are installed, also broken ones.
	Plugins(ctx context.Context) []workshop.Installed
	// Prices tells what each layer costs in each format, and what there is to
	// spend.
	Prices(ctx context.Context, path string, formats []string, set map[string]map[string]string) (workshop.Prices, error)
	// Export runs the export.
	Export(ctx context.Context, x workshop.Export) (workshop.Exported, error)
}

// Options say what the dialog leads to. Their zero value works.
type Options struct {
	// GetCredits shows how to get more credits; nil offers nothing.
	GetCredits func()
	// WhatAreCredits explains credits; nil offers nothing.
	WhatAreCredits func()
	// Spent is told after a run, whatever came of it, so that the figure at the
	// top right is read again.
	Spent func()
	// Memory keeps the last choice; nil remembers nothing.
	Memory Memory
	// OpenFolder shows a folder in the system's file manager; nil is the
	// system's own way.
	OpenFolder func(ctx context.Context, folder string) error
}

// Memory keeps what was chosen last for each map. Both are called beside the UI
// thread.
type Memory interface {
	// LastExport gives the last choice for a map; the zero Choice where there
	// is none.
	LastExport(ctx context.Context, path string) (Choice, error)
	// KeepExport notes a choice.
	KeepExport(ctx context.Context, path string, c Choice) error
}

// Choice is what was exported, and how.
type Choice struct {
	// Layers holds the names of the layers by format.
	Layers map[string][]string `json:"layers,omitempty"`
	// Set holds options of formats by format and key.
	Set    map[string]map[string]string `json:"set,omitempty"`
	Files  string                       `json:"files,omitempty"` // "one" or "layer"
	Folder string                       `json:"folder,omitempty"`
}
