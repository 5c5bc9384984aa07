// Mapwright makes maps for laser cutters, engravers and routers.
package main

import (
	"os"

	"github.com/mapwright/mapwright/internal/cli"
)

// version is set by the linker.
var version = "dev"

func main() {
	os.Exit(cli.Main(version))
}
