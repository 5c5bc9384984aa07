package workshop

import (
	"context"

	"github.com/mapwright/mapwright/internal/pluginhost"
)

// Plugins lists the format plugins that are installed, also broken ones with
// the reason.
func (w *Workshop) Plugins(ctx context.Context) []pluginhost.Installed {
	return w.plugins().List(ctx)
}

// Plugin finds a format plugin by its id.
func (w *Workshop) Plugin(id string) (pluginhost.Installed, error) { return w.plugins().Find(id) }
