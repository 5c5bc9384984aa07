package scene

import (
	"context"
	"math"
	"runtime"

	"github.com/mapwright/mapwright/plugins/artwork"
	"golang.org/x/sync/errgroup"
)

const (
	// finest is the error of the finest level, mm: screens of more than 32
	// pixels per mm get the artwork itself.
	finest = 1.0 / 128
	// levelCount levels, each of twice the error: the coarsest is for boards of
	// metres in a thumbnail.
	levelCount = 8
	// chunk is how many paths a goroutine takes at a time.
	chunk = 256
)

// level is the artwork with an error that is known.
type level struct {
	err    float64           // mm
	refs   []ref             // one a path
	chunks [][]artwork.Point // of the levels together, by chunk of paths
	tones  []artwork.Point   // what stands for paths smaller than 2·err
}

// ref says where the points of a path at a level are: the artwork's own ones,
// a part of the chunk's, a part of the level's tones, or nowhere.
type ref struct {
	first uint32
	count int32 // below 0: in the tones
}

var (
	original = ref{0, 0}
	dropped  = ref{1, 0}
)

// path is path i at this level, false where it is dropped.
func (l *level) path(i int, own artwork.Path) (artwork.Path, bool) {
	switch r := l.refs[i]; {
	case r == original:
		return own, true
	case r == dropped:
		return artwork.Path{}, false
	case r.count < 0:
		return artwork.Path{Points: slice(l.tones, r.first, -r.count), Closed: r.count != -1}, true
	default:
		return artwork.Path{Points: slice(l.chunks[i/chunk], r.first, r.count), Closed: own.Closed}, true
	}
}

func slice(points []artwork.Point, first uint32, count int32) []artwork.Point {
	end := int(first) + int(count)
	return points[first:end:end]
}

// build measures all paths and makes the levels, with all processors.
func (d *Drawing) build(ctx context.Context) error {
	d.levels = make([]level, levelCount)
	chunks := make([][]artwork.Point, (len(d.paths)+chunk-1)/chunk)
	for k := range d.levels {
		d.levels[k] = level{err: finest * float64(int(1)<<k), refs: make([]ref, len(d.paths)), chunks: chunks}
	}
	work, each := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for c := range chunks {
		if each.Err() != nil {
			break
		}
		work.Go(func() error {
			var s simplifier
			for i := c * chunk; i < min((c+1)*chunk, len(d.paths)); i++ {
				if each.Err() != nil {
					return each.Err()
				}
				d.simplify(&s, i)
			}
			chunks[c] = s.points
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	work, each = errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for k := range d.levels {
		work.Go(func() error { return d.tone(each, &d.levels[k]) })
	}
	if err := work.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// simplify makes path i for all levels on which it is not too small. Each
// level is made of the one two before it, which leaves three quarters of its
// error; what is still as the artwork has it has spent none.
func (d *Drawing) simplify(s *simplifier, i int) {
	p := &d.paths[i]
	sh := &d.shapes[p.shape]
	own := sh.Paths[p.index]
	p.box = boundsOf(own)
	if math.IsInf(p.box.Width(), 1) {
		return // not valid: original on all levels
	}
	var before [2]version // the levels before, the last one second
	if own.Straight() {
		before[1] = version{points: own.Points}
	} else {
		flat := d.levels[0].err / 4
		before[1] = version{points: own.Flatten(flat).Points, spent: flat}
	}
	before[0] = before[1]
	for k := range d.levels {
		lv := &d.levels[k]
		if p.tiny(lv) {
			return // the rest is toned
		}
		v := before[0]
		first := len(s.points)
		s.reduce(v.points, lv.err-v.spent, own.Closed || sh.Fill, sh.Fill)
		got := s.points[first:]
		switch last := before[1]; {
		case len(got) < len(last.points) || last.at == original && !own.Straight():
			v = version{got, ref{uint32(first), int32(len(got))}, lv.err}
		default:
			s.points = s.points[:first]
			v = last
		}
		lv.refs[i] = v.at
		before[0], before[1] = before[1], v
	}
}

// version is a path as a level has it.
type version struct {
	points []artwork.Point
	at     ref
	spent  float64 // how far it may be from the artwork, mm
}

// tiny tells whether a path is too small to be seen as itself at a level.
func (p *path) tiny(l *level) bool {
	return p.box.Width() < 2*l.err && p.box.Height() < 2*l.err
}
