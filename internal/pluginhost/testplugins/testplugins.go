package testplugins

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/mapwright/mapwright/plugins/sdk"
)

// The plugins, by format id. Each works until the point where it does what its
// name says; all write one file, "<layers> layers, <points> points", by default.
const (
	Good         = "good"           // works; with the option files=N it writes N files, with lines=N N lines
	Crashes      = "crashes"        // exits with status 7 in Export, after some bytes and a word on stderr
	Panics       = "panics"         // panics in Export
	Fails        = "fails"          // Export gives the error "this map is too pretty"
	Hangs        = "hangs"          // writes some bytes, then never goes on, and ignores cancelling
	Spins        = "spins"          // tells the same progress for ever
	Stops        = "stops"          // stops itself by SIGSTOP in Export
	StopsAtStart = "stops-at-start" // stops itself before the handshake
	StopsBetween = "stops-between"  // stops itself after the handshake line
	Stubborn     = "stubborn"       // ignores SIGTERM, SIGINT and SIGHUP, and hangs
	ExitsAtStart = "exits-at-start" // says why on stderr and exits before the handshake
	Mute         = "mute"           // runs and never says its handshake
	Prints       = "prints"         // prints a line of 1 MiB to descriptor 1 in Export, then works
	PrintsFirst  = "prints-first"   // prints a line of 1 MiB before the handshake
	Floods       = "floods"         // writes 8 MiB to stderr, by descriptor and by os.Stderr, then works
	WrongHash    = "wrong-hash"     // says another SHA-256 than its bytes have
	WrongSize    = "wrong-size"     // says another size
	WrongOffset  = "wrong-offset"   // leaves a gap in a file
	LongSuffix   = "long-suffix"    // a file suffix of 64 KiB
	OddSuffix    = "odd-suffix"     // a file suffix "../../etc/\x00passwd"
	BigPiece     = "big-piece"      // a piece of 512 KiB
	ManyFiles    = "many-files"     // more files than its manifest's limit of 8
	BigFile      = "big-file"       // more bytes than its manifest's limit of 1 MiB
	NoDone       = "no-done"        // ends without Done
	Liar         = "liar"           // Describe says another description than manifest.json
	Elsewhere    = "elsewhere"      // names a socket outside its directory
	Spies        = "spies"          // writes its environment, standard input, descriptors and directory as its file
	Forks        = "forks"          // starts "sleep" children that keep its pipes, says their ids, and hangs
	Slow         = "slow"           // a byte each 100 ms, 20 times
)

// All lists the plugins.
func All() []string {
	return []string{
		Good, Crashes, Panics, Fails, Hangs, Spins, Stops, StopsAtStart, StopsBetween, Stubborn,
		ExitsAtStart, Mute, Prints, PrintsFirst, Floods, WrongHash, WrongSize, WrongOffset, LongSuffix,
		OddSuffix, BigPiece, ManyFiles, BigFile, NoDone, Liar, Elsewhere, Spies, Forks, Slow,
	}
}

// Version is the version of all of them.
const Version = "1.0.0"

const program = "github.com/mapwright/mapwright/internal/pluginhost/testplugins/misbehave"

// Install builds the plugins with the go command and installs those named, or
// all, into dir as ID/Version/plugin with their manifests. It takes a few
// seconds: call it once, in TestMain.
func Install(ctx context.Context, dir string, ids ...string) error {
	if len(ids) == 0 {
		ids = All()
	}
	built := filepath.Join(dir, ".built")
	build := exec.CommandContext(ctx, "go", "build", "-o", built, program)
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building the test plugins: %w\n%s", err, out)
	}
	for _, id := range ids {
		if err := install(ctx, built, filepath.Join(dir, id, Version)); err != nil {
			return fmt.Errorf("installing test plugin %s: %w", id, err)
		}
	}
	return os.Remove(built)
}

// install links the one program into the plugin's folder, whose name tells it
// how to behave, and asks it for its manifest.
func install(ctx context.Context, built, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, sdk.ProgramName)
	if err := os.Link(built, path); err != nil {
		return err
	}
	manifest, err := exec.CommandContext(ctx, path, "manifest").Output()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, sdk.ManifestName), manifest, 0o644)
}
