package scene

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Index finds the features of one layer by their place on the board, in mm.
type Index struct {
	features []feature
	byID     map[int64]int32
	tree     rtree.RTreeGN[float64, int32]
}

// Hit is a feature near a place.
type Hit struct {
	Feature  int64
	Distance float64 // mm; 0 inside a polygon and on a line
}

// NewIndex reads the features of a layer and puts them on the board. Features
// without a place there are left out. It fails when ctx ends or features does.
func NewIndex(ctx context.Context, features iter.Seq2[carto.Feature, error], project func(orb.Point) artwork.Point) (*Index, error) {
	x := &Index{byID: map[int64]int32{}}
	for f, err := range features {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		g := feature{id: f.ID, box: artwork.EmptyBox()}
		g.add(f.Geometry, project)
		if g.box.Empty() {
			continue
		}
		i := int32(len(x.features))
		x.features = append(x.features, g)
		x.byID[f.ID] = i
		lo, hi := corners(g.box)
		x.tree.Insert(lo, hi, i)
	}
	return x, ctx.Err()
}

// At lists the features within radius mm of a place, nearest first. A polygon
// that holds the place is at distance 0; of those at one distance the one of
// the smaller area comes first, and lines and points before polygons.
func (x *Index) At(p artwork.Point, radius float64) []Hit {
	var hits []Hit
	areas := map[int64]float64{}
	for f := range x.around(p, radius) {
		d := f.distance(p, radius)
		if d > radius {
			continue
		}
		hits = append(hits, Hit{f.id, d})
		areas[f.id] = f.area
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance),
			cmp.Compare(areas[a.Feature], areas[b.Feature]), cmp.Compare(a.Feature, b.Feature))
	})
	return hits
}

// Within lists the features that lie wholly in a box, by id.
func (x *Index) Within(box artwork.Box) []int64 {
	var ids []int64
	lo, hi := corners(box)
	x.tree.Search(lo, hi, func(_, _ [2]float64, i int32) bool {
		if f := &x.features[i]; contains(box, f.box) {
			ids = append(ids, f.id)
		}
		return true
	})
	slices.Sort(ids)
	return ids
}

// Outline is what a feature looks like: its lines, the rings of its polygons
// closed, and its points as paths of one point. Nil where there is no such
// feature. It must not be changed.
func (x *Index) Outline(id int64) []artwork.Path {
	i, ok := x.byID[id]
	if !ok {
		return nil
	}
	f := &x.features[i]
	paths := make([]artwork.Path, len(f.parts))
	for j, p := range f.parts {
		paths[j] = artwork.Path{Points: p.points, Closed: p.ring}
	}
	return paths
}

// Bounds is the box around a feature; empty where there is no such feature.
func (x *Index) Bounds(id int64) artwork.Box {
	i, ok := x.byID[id]
	if !ok {
		return artwork.EmptyBox()
	}
	return x.features[i].box
}

// around yields the features whose bounds reach within radius of p.
func (x *Index) around(p artwork.Point, radius float64) iter.Seq[*feature] {
	return func(yield func(*feature) bool) {
		lo, hi := [2]float64{p.X - radius, p.Y - radius}, [2]float64{p.X + radius, p.Y + radius}
		x.tree.Search(lo, hi, func(_, _ [2]float64, i int32) bool { return yield(&x.features[i]) })
	}
}

func corners(b artwork.Box) (lo, hi [2]float64) {
	return [2]float64{b.Min.X, b.Min.Y}, [2]float64{b.Max.X, b.Max.Y}
}
