package trace

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/STRATEGIES.md anew")

// prologue begins the document.
const prologue = `# Tracing strategies

A strategy says what becomes of a layer's shapes: which lines the machine
follows, and which areas it burns. ` + "`mapwright layer set MAP.gpkg LAYER strategy=ID KEY=VALUE`" + `
or the right column of the window sets it with its options. Units are
millimetres on the board.

![All strategies on the same streets and houses](images/strategies.png)

*Munich. Map data © OpenStreetMap contributors (ODbL).*

Rules that hold for every strategy:

- **Kinds that a strategy is not for** are not lost: a point becomes a drill
  circle, a line a centreline, an area an outline. The report says how many.
- **Cuts have true size.** With *kerf* set, cut outlines move aside by half the
  beam: pieces (setting *outer*) or openings (setting *inner*) measure what the
  map says; so do closed lines that are cut. Holes move the other way, areas that lie on other areas take turns.
  Pieces that share a border are cut once there, on the border. Groove, inlay,
  stencil and plate know their side; the setting does not change it. Scored and
  engraved lines stay where they are.
- **Pieces** fall, hang on by bridges, or small ones are not cut. In a stencil
  and a plate bridges join islands; everywhere else they interrupt the cut, by
  the bridge's width and the beam's. After bridges were set, the sheet is
  flooded from outside: what is still free gets more of them, and so does what
  comes free when curves are drawn. The report tells of pieces that no bridge
  can hold.
- **The operation** decides how areas burn: engrave and relief fill them, cut
  and score follow their borders.
- **Other layers** that an option names are taken as they are by themselves, not
  as what is left of them under others. Layers that look at each other in a
  circle are refused, and so are names that the map does not have.

`

// document writes what docs/STRATEGIES.md says, from the strategies themselves.
func document() string {
	var d strings.Builder
	d.WriteString(prologue)
	d.WriteString("| strategy | points | lines | areas |\n|---|---|---|---|\n")
	for _, s := range Strategies() {
		fmt.Fprintf(&d, "| [%s](#%s) | %s | %s | %s |\n", s.ID, s.ID,
			becomes(s, Points, s.OfPoints, "drill circle"), becomes(s, Lines, s.OfLines, "centreline"), becomes(s, Areas, s.OfAreas, "outline"))
	}
	for _, s := range Strategies() {
		fmt.Fprintf(&d, "\n## %s\n\n**%s.** %s\n", s.ID, s.Title, s.Description)
		if len(s.Options) > 0 {
			d.WriteString("\n")
			describe(&d, s.Options)
		}
	}
	d.WriteString("\n## Options of every strategy\n\n")
	describe(&d, CommonOptions())
	return d.String()
}

// becomes says what a strategy makes of a kind; in brackets what it leaves to
// another one.
func becomes(s Strategy, kind Kinds, says, otherwise string) string {
	if s.Draws&kind == 0 {
		return "(" + otherwise + ")"
	}
	return says
}

// describe writes a table of options.
func describe(d *strings.Builder, options []Option) {
	d.WriteString("| option | value | default | |\n|---|---|---|---|\n")
	for _, o := range options {
		value := fmt.Sprintf("%g–%g %s", o.Min, o.Max, o.Unit)
		switch {
		case o.Layers:
			value = strings.Join(append([]string{"names of layers"}, o.Enum...), ", ")
		case o.Text:
			value = "text"
		case o.Font:
			value = strings.Join(o.Enum, ", ") + ", name, file"
		case o.Enum != nil:
			value = strings.Join(o.Enum, ", ")
		}
		usual := o.Default
		if usual == "" {
			usual = "–"
		}
		fmt.Fprintf(d, "| `%s` | %s | %s | %s |\n", o.Key, cell(value), cell(usual), cell(o.Help))
	}
}

func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

// TestTheDocumentTellsEveryStrategy: what a maker reads is what there is.
func TestTheDocumentTellsEveryStrategy(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "STRATEGIES.md")
	want := document()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/STRATEGIES.md is not what the strategies say: run the test with -update")
	}
}
