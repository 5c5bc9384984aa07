package workshop

import (
	"context"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// What a window shows of a format plugin.
type (
	// Installed is a format plugin that is installed; its Err says why it
	// can't be used.
	Installed = pluginhost.Installed
	// FormatOption describes one option of a format.
	FormatOption = sdk.Option
)

// Plugins lists the format plugins that are installed, also broken ones with
// the reason.
func (w *Workshop) Plugins(ctx context.Context) []Installed {
	return w.plugins().List(ctx)
}

// Plugin finds a format plugin by its id.
func (w *Workshop) Plugin(id string) (Installed, error) { return w.plugins().Find(id) }
