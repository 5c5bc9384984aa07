package export

import (
	"context"
	"encoding/base32"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Purse is what a run needs of the credit manager.
type Purse interface {
	Quoter
	// Hold takes the credits of all items in one durable step, or none.
	Hold(ctx context.Context, run string, items []credits.Item) ([]credits.Charge, error)
	// Post spends held charges, durably and once; posted ones stay so.
	Post(ctx context.Context, ids []credits.ChargeID) error
	// Void gives held charges back, durably; voided ones stay so.
	Void(ctx context.Context, ids []credits.ChargeID) error
	// Pending gives the charges of a run, whatever their state.
	Pending(ctx context.Context, run string) ([]credits.Charge, error)
	// Running gives all charges that are held.
	Running(ctx context.Context) ([]credits.Charge, error)
}

// Plugins finds and starts format plugins.
type Plugins interface {
	Find(id string) (pluginhost.Installed, error)
	Start(ctx context.Context, p pluginhost.Installed) (Session, error)
}

// Session is a running plugin.
type Session interface {
	Validate(ctx context.Context, o sdk.Options) ([]sdk.FieldError, error)
	Export(ctx context.Context, job *sdk.Job, s pluginhost.Sink) (pluginhost.Result, error)
	Close() error
}

// Step names a moment of a run between two things that are durable.
type Step string

// The steps in their order. A test can stop or kill the program at each.
const (
	StepIntent    Step = "intent"    // the record is durable, nothing is held
	StepStaging   Step = "staging"   // the staging folder is there
	StepHeld      Step = "held"      // the credits are held
	StepCharged   Step = "charged"   // the record knows the charges
	StepStarted   Step = "started"   // the plugin runs
	StepWriting   Step = "writing"   // the plugin begins its first file
	StepWritten   Step = "written"   // all files of the job are durable
	StepStaged    Step = "staged"    // the record knows the files
	StepPosted    Step = "posted"    // the credits are spent
	StepPlaced    Step = "placed"    // a file is in its place
	StepFinished  Step = "finished"  // the record knows that the job is over
	StepDiscarded Step = "discarded" // the files of a failed job are deleted
	StepVoided    Step = "voided"    // the credits of a failed job are given back
	StepCleared   Step = "cleared"   // the staging folder is gone
)

// Config says with what an Exporter works. All fields but Step are required.
type Config struct {
	Purse   Purse
	Plugins Plugins
	Dir     string           // the data directory
	Clock   func() time.Time // for records
	Rand    io.Reader        // for run ids
	// Step is called at each step; tests use it to break things there.
	Step func(Step)
}

// Exporter runs exports. Several may work on one data directory, also in
// several processes.
type Exporter struct {
	Config
	runs    string // folder of records and locks
	written written
}

// New prepares the folders of an Exporter.
func New(c Config) (*Exporter, error) {
	runs := filepath.Join(c.Dir, "runs")
	if err := os.MkdirAll(runs, 0o700); err != nil {
		return nil, fmt.Errorf("preparing the data directory: %w", err)
	}
	if c.Step == nil {
		c.Step = func(Step) {}
	}
	return &Exporter{Config: c, runs: runs, written: written{filepath.Join(runs, "written.jsonl")}}, nil
}

// newRun makes a run id: 80 random bits, fit for a file name on any system.
func (e *Exporter) newRun() (string, error) {
	var b [10]byte
	if _, err := io.ReadFull(e.Rand, b[:]); err != nil {
		return "", fmt.Errorf("making a run id: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:])), nil
}
