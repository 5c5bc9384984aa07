//go:build geos

package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"text/tabwriter"
)

// runs is how often each side is measured; the median counts.
const runs = 5

// figure is one line of the report; smaller is better, and a ratio above 1 is
// ahead of the peer.
type figure struct {
	Name     string  `json:"name"`
	Input    string  `json:"input"`
	Ours     float64 `json:"ours"`
	Peer     float64 `json:"peer"`
	PeerName string  `json:"peer_name"`
	Unit     string  `json:"unit"`
	Ratio    float64 `json:"ratio"`
}

// entry is something that is measured.
type entry interface {
	what() (name, input string)
	measure(ctx context.Context) ([]figure, error)
}

// contest is one job that we and a peer do.
type contest struct {
	name, input, peerName string
	prepare               func(ctx context.Context) error // once; may be nil
	ours, peer            func(ctx context.Context) (cost, error)
}

// cost is what doing a job once took.
type cost struct {
	millis float64 // time
	peak   float64 // most memory of any one process, MB
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == childCommand {
		if err := runChild(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	pattern := flag.String("run", ".", "regular expression of names and inputs to measure")
	out := flag.String("o", "build/bench.json", "file for the figures")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, *pattern, *out); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, pattern, out string) error {
	wanted, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mapwright-bench-")
	if err != nil {
		return err
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
	}()
	var figures []figure
	for _, e := range entries(dir) {
		name, input := e.what()
		if !wanted.MatchString(name + " " + input) {
			continue
		}
		got, err := e.measure(ctx)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", name, input, err)
		}
		figures = append(figures, got...)
		fmt.Fprintf(os.Stderr, "%s, %s: %.1f times\n", name, input, got[0].Ratio)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	data, err := json.MarshalIndent(figures, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, append(data, '\n'), 0o644); err != nil {
		return err
	}
	return table(figures)
}

func (c contest) what() (name, input string) { return c.name, c.input }

// measure lets both do the job in turn and gives the medians of time and memory.
func (c contest) measure(ctx context.Context) ([]figure, error) {
	if c.prepare != nil {
		if err := c.prepare(ctx); err != nil {
			return nil, err
		}
	}
	var ours, peer []cost
	for range runs {
		a, err := c.ours(ctx)
		if err != nil {
			return nil, err
		}
		b, err := c.peer(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.peerName, err)
		}
		ours, peer = append(ours, a), append(peer, b)
	}
	time := func(c cost) float64 { return c.millis }
	memory := func(c cost) float64 { return c.peak }
	return []figure{
		c.figure(c.name, "ms", median(ours, time), median(peer, time)),
		c.figure(c.name+", peak memory", "MB", median(ours, memory), median(peer, memory)),
	}, nil
}

func (c contest) figure(name, unit string, ours, peer float64) figure {
	return figure{name, c.input, ours, peer, c.peerName, unit, peer / ours}
}

func median(costs []cost, of func(cost) float64) float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = of(c)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// table prints the figures as Markdown, to be read and to be kept in
// docs/BENCHMARKS.md.
func table(figures []figure) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "| what\t| input\t| ours\t| peer\t| peer is\t| unit\t| ratio\t|")
	fmt.Fprintln(w, "|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, f := range figures {
		fmt.Fprintf(w, "| %s\t| %s\t| %.0f\t| %.0f\t| %s\t| %s\t| %.1f\t|\n", f.Name, f.Input, f.Ours, f.Peer, f.PeerName, f.Unit, f.Ratio)
	}
	return w.Flush()
}
