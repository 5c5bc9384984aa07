package sdk

import (
	"context"
	"io"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Format turns artwork into files of one format.
type Format interface {
	// Manifest says what the format is and what it accepts. It is constant.
	Manifest() Manifest
	// Validate checks the options, which already match the manifest's schema
	// and hold every default, and returns what is wrong by field; nil if nothing is.
	Validate(options Options) []FieldError
	// Export writes the files of a job. The same job gives the same bytes.
	Export(ctx context.Context, job *Job, out Output) error
}

// Manifest says what a plugin is; it is read without running the plugin, and
// the running plugin must give the same.
type Manifest struct {
	ID          string   // format id, such as "svg"
	Version     string   // semantic version of the plugin
	Name        string   // for people, such as "SVG"
	Description string   // one sentence for makers
	Extension   string   // of the files, without dot
	MediaType   string   // such as "image/svg+xml"
	Accepts     Accepts  // what it can be given; the host lowers the rest
	Options     []Option // its options, which make up the JSON Schema
	Limits      Limits   // what it never goes beyond
	Publisher   string   // who made it
	Homepage    string   // where to read more; may be ""
}

// Accepts says which artwork a format takes. What it does not take the host
// lowers: curves and arcs to lines within Options' curve error, fills to hatch.
type Accepts struct {
	Curves  bool // cubic Béziers
	Arcs    bool // circular arcs
	Fills   bool // filled areas
	Heights bool // height fields
	Layers  bool // several layers in one file
	Boards  bool // several boards in one file
}

// Limits says what the files of one job never go beyond, so that a host can
// stop a plugin that runs wild. 0 leaves it to the host.
type Limits struct {
	Files     int   // number of files
	FileBytes int64 // size of one file, bytes
}

// OptionType is the JSON type of an option's value.
type OptionType string

// The option types.
const (
	Text    OptionType = "string"
	Number  OptionType = "number"
	Integer OptionType = "integer"
	Boolean OptionType = "boolean"
)

// Option describes one option of a format.
type Option struct {
	Key         string     // such as "dpi"
	Type        OptionType // of its value
	Title       string     // for a form
	Description string     // one sentence with the unit
	Unit        string     // such as "mm", "dpi"; "" where it has none
	Default     any        // string, float64, int64 or bool after Type; nil: the maker must say
	Enum        []string   // allowed values of a Text option; nil: any
	Min, Max    *float64   // inclusive limits of a number; nil: none
}

// Options holds a value for each key of the manifest's options: string,
// float64, int64 or bool.
type Options map[string]any

// FieldError says what is wrong with an option.
type FieldError struct {
	Field   string // option key
	Message string // a sentence for the maker
}

// Job is what a format is asked to write: one or more layers.
type Job struct {
	Title       string
	Boards      []artwork.Board
	Options     Options
	Machine     Machine
	Attribution string
	// LayerCount is how many layers follow.
	LayerCount int
	// Next returns the layers one after the other, from the bottom to the top,
	// and io.EOF after the last: memory holds one at a time unless the format
	// keeps them.
	Next func() (*artwork.Layer, error)
}

// Machine is the machine and material that the maker chose; the zero value
// means that none was.
type Machine struct {
	ID, Name          string
	BedWidth          float64 // mm; 0: unknown
	BedHeight         float64 // mm
	Settings          []MachineSetting
	MaterialID        string
	MaterialThickness float64 // mm
	Kerf              float64 // mm
}

// MachineSetting says how the machine does one setting of an operation.
type MachineSetting struct {
	Operation artwork.Operation
	Setting   string
	Power     float64 // per cent of full power
	Speed     float64 // mm/s
	Passes    int
	Interval  float64 // mm between hatch lines
}

// Severity grades a diagnostic.
type Severity string

// The severities.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
)

// Diagnostic is something that the maker should know about the export.
type Diagnostic struct {
	Severity Severity
	Layer    string // layer name; "" where it concerns all
	Feature  int64  // feature id; 0 where it concerns none
	Message  string // a sentence for the maker
}

// Output takes what a format writes.
type Output interface {
	// Create starts a file of the job. Suffix tells the files of one job apart
	// and is "" for an only one; the host cleans it and names the file. Files
	// may be open side by side; Close ends one.
	Create(suffix string) (io.WriteCloser, error)
	// Progress tells how much is done, from 0 to 1.
	Progress(done float64) error
	// Diagnose tells the maker something.
	Diagnose(d Diagnostic) error
}
