package architecture

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/mapwright/mapwright"

// floors lists the packages of the product from the top to the bottom. A
// package may import those of lower floors only; "plugins" may import each
// other. A folder counts with all below it.
var floors = [][]string{
	{"main"},
	{"app", "internal/cli", "internal/cmd"},
	{"internal/workshop", "internal/creditsim"},
	{"internal/export", "internal/accountserver"},
	{"internal/trace", "internal/fonts", "internal/preflight", "internal/nest", "internal/credits", "internal/pluginhost"},
	{"internal/source", "internal/terrain", "internal/mapfile", "internal/scene", "internal/lettering", "internal/machine", "internal/account"},
	{"internal/carto", "internal/toolpath"},
	{"internal/projection", "internal/planar", "internal/durable", "plugins", "assets"},
}

// only lists what the faces may import of the product, below their own folder.
var only = map[string][]string{
	"app":          {"internal/workshop", "internal/carto", "plugins/artwork", "plugins/raster", "assets"},
	"internal/cli": {"internal/workshop", "internal/carto", "plugins/artwork", "plugins/raster"},
}

// free names folders outside of the floors: test helpers that any test may use.
var free = []string{"internal/architecture", "internal/tools", "internal/e2e", "internal/bench"}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestImportsPointDown(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages, which cannot be all", len(packages))
	}
	for _, p := range packages {
		from := place(p.ImportPath)
		if from == "" {
			t.Errorf("%s stands on no floor: add it to floors", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if i != module && !strings.HasPrefix(i, module+"/") {
				continue
			}
			if reason := refuse(from, i); reason != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, i, reason)
			}
		}
	}
}

// TestRulesRefuse shows that the rules refuse what they are there for.
func TestRulesRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to string }{
		{"internal/credits", "internal/pluginhost"},
		{"internal/pluginhost", "internal/credits"},
		{"internal/cli", "internal/export"},
		{"internal/carto", "internal/mapfile"},
		{"plugins/svg", "internal/planar"},
		{"internal/planar", "internal/projection"},
		{"internal/workshop", "internal/cli"},
	} {
		from := module + "/" + c.from
		if refuse(place(from), module+"/"+c.to) == "" {
			t.Errorf("%s may import %s, which breaks the design", c.from, c.to)
		}
	}
}

// refuse says why the import is not allowed, or "".
func refuse(from, imported string) string {
	to := place(imported)
	if from == to || to == "plugins" && from == "plugins" {
		return ""
	}
	if slices.Contains(free, from) {
		return ""
	}
	if slices.Contains(free, to) {
		return "it is for tests alone"
	}
	if allowed, ok := only[from]; ok {
		for _, a := range allowed {
			if within(strings.TrimPrefix(imported, module+"/"), a) {
				return ""
			}
		}
		return from + " may import only " + strings.Join(allowed, ", ")
	}
	if floor(to) <= floor(from) {
		return "arrows point down, and " + to + " is not below " + from
	}
	return ""
}

// place gives the folder of floors or free that holds a package, "" if none.
func place(importPath string) string {
	if importPath == module {
		return "main"
	}
	path := strings.TrimPrefix(importPath, module+"/")
	for _, group := range append(slices.Clone(floors), free) {
		for _, folder := range group {
			if within(path, folder) {
				return folder
			}
		}
	}
	return ""
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func floor(folder string) int {
	return slices.IndexFunc(floors, func(f []string) bool { return slices.Contains(f, folder) })
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("reading go list's answer: %v", err)
		}
		all = append(all, p)
	}
}
