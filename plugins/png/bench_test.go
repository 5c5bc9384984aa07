package main

import (
	"context"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
)

// nowhere takes files and keeps their size alone.
type nowhere struct {
	files
	bytes int
}

func (n *nowhere) Create(string) (io.WriteCloser, error) { return n, nil }
func (n *nowhere) Write(p []byte) (int, error)           { n.bytes += len(p); return len(p), nil }
func (n *nowhere) Close() error                          { return nil }

// peak watches the heap until stop is called, which gives its growth in bytes.
func peak() (stop func() uint64) {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before := m.HeapInuse
	done, result := make(chan struct{}), make(chan uint64)
	go func() {
		highest := before
		for {
			select {
			case <-done:
				result <- highest - before
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				highest = max(highest, m.HeapInuse)
			}
		}
	}()
	return func() uint64 { close(done); return <-result }
}

// BenchmarkLargeBoard writes 600 × 400 mm at 1016 dpi: 384 million pixels.
func BenchmarkLargeBoard(b *testing.B) {
	board, layers := artworktest.Munich()
	board.Width, board.Height = 600, 400
	for _, mode := range []string{modeBits, modeGrey} {
		b.Run(mode, func(b *testing.B) {
			highest := uint64(0)
			for b.Loop() {
				stop := peak()
				var out nowhere
				job := newJob(b, []artwork.Board{board}, layers, map[string]any{"dpi": 1016.0, "mode": mode})
				if err := (format{}).Export(context.Background(), job, &out); err != nil {
					b.Fatal(err)
				}
				highest = max(highest, stop())
				b.ReportMetric(float64(out.bytes), "file-B")
			}
			b.ReportMetric(float64(highest)/(1<<20), "peak-MiB")
		})
	}
}

// TestMemoryStaysSmall: a picture of 48 million pixels, 192 MB at once, must
// not need its size. Not parallel: it watches the heap.
func TestMemoryStaysSmall(t *testing.T) {
	board, layers := artworktest.Munich()
	board.Width, board.Height = 200, 150
	stop := peak()
	var out nowhere
	job := newJob(t, []artwork.Board{board}, layers, map[string]any{"dpi": 1016.0})
	if err := (format{}).Export(context.Background(), job, &out); err != nil {
		t.Fatal(err)
	}
	if highest := stop(); highest > 64<<20 {
		t.Errorf("the heap grew by %d MiB, want at most 64", highest>>20)
	}
}
