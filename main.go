// Mapwright makes maps for laser cutters, engravers and routers.
package main

import (
	"os"

	"github.com/mapwright/mapwright/app"
	"github.com/mapwright/mapwright/internal/cli"
)

// version is set by the linker.
var version = "dev"

func main() {
	if w, ok := cli.AsksForWindow(os.Args[1:]); ok {
		os.Exit(app.Main(version, w.Config, w.Map))
	}
	os.Exit(cli.Main(version))
}
