package export

import (
	"context"
	"iter"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
	"github.com/paulmach/orb"
)

// Files says how the layers of a job are spread over files.
type Files string

// The ways to spread layers over files.
const (
	FilesOne   Files = "one"   // one file a job, where the format knows layers
	FilesLayer Files = "layer" // a file a layer
	FilesBoard Files = "board" // a file a board, holding all layers
)

// FeatureSource yields the features of a layer, as carto.Store does. The
// recipe of an export is made from them.
type FeatureSource interface {
	Features(ctx context.Context, layer carto.LayerID, box orb.Bound) iter.Seq2[carto.Feature, error]
}

// Format is a format that is asked for, with the options that the maker set.
type Format struct {
	ID      string
	Options map[string]string
}

// Request says what to export. All fields but Machine are required.
type Request struct {
	Map      *carto.Map
	Features FeatureSource
	// Jobs run in this order. No layer stands in one format twice.
	Jobs    []JobRequest
	Files   Files
	Out     string // absolute folder; made with its parents if missing
	Base    string // of the file names, without extension
	Machine sdk.Machine
}

// JobRequest says what goes into one format.
type JobRequest struct {
	Format
	// Artwork holds the layers to export, traced together, none of them empty.
	// Several jobs may share it.
	Artwork *artwork.Artwork
}

// State is how far an export of a layer or a job has come.
type State string

// The states.
const (
	Quoted    State = "quoted"    // priced, not started
	Pending   State = "pending"   // held, not done
	Done      State = "done"      // in place and paid for
	Free      State = "free"      // in place, paid for before
	Failed    State = "failed"    // not made; nothing was spent
	Cancelled State = "cancelled" // stopped by the maker; nothing was spent
)

// Result is what an export did, or with Plan.Result what it would do.
type Result struct {
	Run  string // id of the run; "" for a quote
	Jobs []Job
	// Leftover says why the traces of the run could not be cleared up; the next
	// start tries again. It changes nothing about the jobs.
	Leftover error
}

// Job is the export of layers in one format.
type Job struct {
	Format string
	Layers []Layer
	Files  []File
	State  State
	// Err says why the job failed; its text is for the maker.
	Err error
	// Kept is the folder that holds the finished files of a job that was paid
	// for and could not be put in its place; "" otherwise.
	Kept string
	// Diagnostics is what the plugin told.
	Diagnostics []sdk.Diagnostic
}

// Layer is one charge of a job.
type Layer struct {
	Name    string
	Charge  string // number of the charge, such as "MW-7K3F-21"; "" for a quote
	Credits int    // price: 1, or 0 where free again
	State   State
}

// File is a file in its place.
type File struct {
	Path   string // absolute
	Bytes  int64
	SHA256 string // hex
	// Replaced tells that an earlier file of ours gave way to it.
	Replaced bool
}

// Progress tells how far a job of a run is: once for every job when all
// credits are held, then while it is written, when its credits are spent and
// when it ended.
type Progress struct {
	Job   int // from 0
	Jobs  int
	Whole float64 // of all jobs, 0 to 1; never less than before
	// Now is the job as it stands, a copy. While it goes on it is Pending; its
	// layers are Pending while held, then Done or Free. Once it ended it is as
	// in the result, with its files or its error.
	Now Job
	// Written tells how far each of Now's layers is written, 0 to 1.
	Written []float64
	// Ended tells that nothing more happens to this job in this run.
	Ended bool
}
