package workshop

import "github.com/mapwright/mapwright/internal/export"

// What an export tells while it runs and when it is over.
type (
	// ExportProgress tells how far a job of a run is.
	ExportProgress = export.Progress
	// ExportedJob is the export of layers in one format.
	ExportedJob = export.Job
	// ExportedLayer is one charge of a job.
	ExportedLayer = export.Layer
	// ExportedFile is a file in its place.
	ExportedFile = export.File
	// ExportState is how far an export of a layer or a job has come.
	ExportState = export.State
	// ExportFiles says how the layers of a job are spread over files.
	ExportFiles = export.Files
)

// The states of jobs and layers.
const (
	ExportQuoted    = export.Quoted
	ExportPending   = export.Pending
	ExportDone      = export.Done
	ExportFree      = export.Free
	ExportFailed    = export.Failed
	ExportCancelled = export.Cancelled
)

// The ways to spread layers over files.
const (
	ExportOneFile    = export.FilesOne
	ExportLayerFiles = export.FilesLayer
	ExportBoardFiles = export.FilesBoard
)

// Why a job was not made, or its files are not in their place.
type (
	// PluginError says that a plugin did not make the files of a job.
	PluginError = export.PluginError
	// DestinationError says that files could not be written or put in place;
	// where they are paid for it says where they wait.
	DestinationError = export.DestinationError
	// OptionError says which options of a format are wrong.
	OptionError = export.OptionError
)
