package cli

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows progress on stderr if that is a terminal; otherwise it is silent.
type bar struct{ bar *progressbar.ProgressBar }

func (c *command) newBar(what string) *bar {
	f, ok := c.errs.(*os.File)
	if !ok || c.json || !term.IsTerminal(int(f.Fd())) {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(1000,
		progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(false), progressbar.OptionThrottle(50_000_000))}
}

// set shows a share from 0 to 1.
func (b *bar) set(done float64) {
	if b.bar != nil {
		_ = b.bar.Set(int(min(max(done, 0), 1) * 1000)) // a bar that can't be drawn is no failure
	}
}

func (b *bar) close() {
	if b.bar != nil {
		_ = b.bar.Finish() // as above
	}
}
