package e2e

import (
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/plugins/sdk/plugintest"
)

// TestOurPluginsKeepTheContract lets the kit that every author of a format is
// given judge the programs as they are built and installed.
func TestOurPluginsKeepTheContract(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"svg", "png"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			plugintest.RunProgram(t, filepath.Join(built, "plugins", id, "1.0.0", "plugin"))
		})
	}
}
