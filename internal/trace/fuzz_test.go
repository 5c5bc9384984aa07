package trace

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// FuzzJob traces shapes made of random bytes in every strategy, and holds the
// artwork to the rules of a job.
func FuzzJob(f *testing.F) {
	f.Add([]byte{0, 1, 4, 0, 10, 0, 10, 10, 0, 0, 10, 10, 0, 0, 10})
	f.Add([]byte("\x01\x02\x05crossing lines that come back and back again, near each other"))
	f.Add([]byte("\x00\x02\x09aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb\x02\x09aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 400 {
			return
		}
		b := newTable(t, carto.FrameRect)
		if len(data) > 0 && data[0]&1 == 1 {
			b = newTable(t, carto.FrameCircle)
		}
		features := b.fromBytes(data)
		for i, s := range Strategies() {
			op := []artwork.Operation{artwork.Score, artwork.Engrave, artwork.Cut}[i%3]
			options := map[string]string{"dash": "1", "gap": "0.5", "spacing": "0.7"}
			if s.reads == "knock-out" {
				options["knock-out"], options["halo"] = "above", "0.2"
			}
			b.layer(s.ID, op, s.ID, options, features...)
		}
		art, _ := b.job()
		frame := b.m.Boards.FramePolygon()
		box := frame.Bounds()
		left, low := box.Min.MM()
		right, high := box.Max.MM()
		var lines []artwork.Path
		for _, l := range art.Layers {
			for _, s := range l.Shapes {
				for _, p := range s.Paths {
					curved := !p.Straight()
					p = p.Flatten(0.001)
					for _, q := range p.Points {
						g := planar.FromMM(q.X, q.Y)
						if x, y := g.MM(); !curved && (x != q.X || y != q.Y) {
							t.Fatalf("layer %s: %v is not on the grid", l.Name, q)
						}
						if q.X < left-1e-9 || q.Y < low-1e-9 || q.X > right+1e-9 || q.Y > high+1e-9 ||
							planar.Contains([]planar.Polygon{{frame}}, g) == planar.Outside {
							t.Fatalf("layer %s: %v is outside the frame", l.Name, q)
						}
					}
					if s.Fill && !p.Closed {
						t.Fatalf("layer %s: a filled ring is open", l.Name)
					}
					if !s.Fill {
						lines = append(lines, p)
					}
				}
			}
		}
		checkOnce(t, lines)
	})
}

// fromBytes makes lines, polygons and points of bytes: most of them short
// steps, so that they come near each other.
func (b *table) fromBytes(data []byte) []carto.Feature {
	var features []carto.Feature
	x, y := 50.0, 40.0
	for len(data) > 3 {
		kind, n := data[0]%5, int(data[1]%12)
		data = data[2:]
		var xy []float64
		for i := 0; i <= n && len(data) >= 4; i++ {
			dx := float64(int16(binary.LittleEndian.Uint16(data))) / 500
			dy := float64(int16(binary.LittleEndian.Uint16(data[2:]))) / 500
			if kind < 3 { // fine steps
				dx, dy = math.Mod(dx, 5), math.Mod(dy, 5)
			}
			x, y = math.Mod(x+dx, 130), math.Mod(y+dy, 110)
			xy = append(xy, x, y)
			data = data[4:]
		}
		switch {
		case len(xy) < 4:
			features = append(features, b.spot(x, y))
		case kind%2 == 0:
			features = append(features, b.way("", xy...))
		case len(xy) > 4:
			features = append(features, b.patch(xy))
		}
	}
	return features
}

// checkOnce looks with small steps and without any index for lines that burn
// twice: at each step of a line it asks whether another one is near. What is
// too much to look at in this way it leaves out.
func checkOnce(t *testing.T, lines []artwork.Path) {
	t.Helper()
	const near, run, step, most = 0.03, 0.3, 0.02, 3e7
	var all []stroke
	total := 0.0
	for i, l := range lines {
		all = append(all, strokesOf(i, l)...)
		total += l.Length()
	}
	if total/step*float64(len(all)) > most {
		return
	}
	from, at, last := math.NaN(), 0.0, -1
	for _, s := range all {
		if s.line != last {
			from, at, last = math.NaN(), 0, s.line
		}
		length := math.Hypot(s.b.X-s.a.X, s.b.Y-s.a.Y)
		n := int(length/step) + 1
		for k := range n {
			d := float64(k) / float64(n)
			p := artwork.Point{X: s.a.X + d*(s.b.X-s.a.X), Y: s.a.Y + d*(s.b.Y-s.a.Y)}
			if !nearAny(p, all, s.line, near) {
				from = math.NaN()
			} else if here := at + d*length; math.IsNaN(from) {
				from = here
			} else if here-from > run {
				t.Fatalf("line %d of %d burns twice at %.3f, %.3f", s.line, len(lines), p.X, p.Y)
			}
		}
		at += length
	}
}

// stroke is one straight part of a line.
type stroke struct {
	line int
	a, b artwork.Point
}

func strokesOf(line int, p artwork.Path) []stroke {
	var list []stroke
	for i := 1; i < len(p.Points); i++ {
		list = append(list, stroke{line, p.Points[i-1], p.Points[i]})
	}
	if p.Closed {
		list = append(list, stroke{line, p.Points[len(p.Points)-1], p.Points[0]})
	}
	return list
}

func nearAny(p artwork.Point, all []stroke, but int, reach float64) bool {
	for i := range all {
		s := &all[i]
		if s.line == but || p.X < min(s.a.X, s.b.X)-reach || p.X > max(s.a.X, s.b.X)+reach ||
			p.Y < min(s.a.Y, s.b.Y)-reach || p.Y > max(s.a.Y, s.b.Y)+reach {
			continue
		}
		dx, dy := s.b.X-s.a.X, s.b.Y-s.a.Y
		d := 0.0
		if square := dx*dx + dy*dy; square > 0 {
			d = math.Max(0, math.Min(1, ((p.X-s.a.X)*dx+(p.Y-s.a.Y)*dy)/square))
		}
		if math.Hypot(p.X-s.a.X-d*dx, p.Y-s.a.Y-d*dy) <= reach {
			return true
		}
	}
	return false
}
