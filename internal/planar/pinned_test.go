package planar

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
	"math/rand/v2"
	"testing"
)

// pinned is what the mix of operations gives on every processor. A change of
// the kernel that is meant to change results changes it; an amd64 and an arm64
// that differ here would make other files of the same map.
var pinned = map[string]string{
	"Boolean":    "cc9afd57b6d0417b18d8a94a",
	"Bridges":    "adf6db7fc80fa364857f4680",
	"ClipPaths":  "f46991e4761922fed4317236",
	"Closing":    "7cb31c44e678facc95be47dc",
	"Hatch":      "e01ba58b76df95d8a6b888d8",
	"InsetRings": "bc0985b6288e7044b7426a3e",
	"MergePaths": "8b0d698cb4ecf7c608922ceb",
	"Nest":       "3079ff6ea9dc87b572d7e557",
	"Offset":     "75d360f507e671ef58050451",
	"Opening":    "bf9b2da1693ddd29275bb3e9",
	"Simplify":   "22d36b4891a7f694deb5ceb9",
	"Stroke":     "878ba040fd4ca6d68c0203cf",
	"Thicken":    "e5983d75999daec61e646f1a",
	"Thin":       "a12eb9721f78e44620eb8bc8",
}

// digest takes results in.
type digest struct{ hash.Hash }

func (d digest) number(v int64) { d.Write(binary.LittleEndian.AppendUint64(nil, uint64(v))) }

func (d digest) points(points []Point) {
	d.number(int64(len(points)))
	for _, p := range points {
		d.number(int64(p.X)<<32 | int64(uint32(p.Y)))
	}
}

func (d digest) polygons(polys []Polygon) {
	d.number(int64(len(polys)))
	for _, p := range polys {
		d.number(int64(len(p)))
		for _, r := range p {
			d.points(r)
		}
	}
}

func (d digest) paths(paths []Path) {
	d.number(int64(len(paths)))
	for _, p := range paths {
		d.points(p)
	}
}

// The same map must give the same file on every computer.
func TestResultsArePinned(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	sums := map[string]digest{}
	of := func(name string) digest {
		if _, ok := sums[name]; !ok {
			sums[name] = digest{sha256.New()}
		}
		return sums[name]
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 60))
		a, b := degenerate(r)
		op, fill := Op(seed%4), Fill(seed/4%3)
		polys, err := Boolean(ctx, op, a, b, fill)
		check(err)
		of("Boolean").polygons(polys)
		if len(polys) == 0 {
			continue
		}
		box := Bounds(polys)
		size := float64(max(box.Max.X-box.Min.X, box.Max.Y-box.Min.Y, 64))
		if size > 1<<20 {
			continue // as large as a page; larger ones take long
		}
		style := Style{Join: Join(seed % 3), Cap: Cap(seed / 3 % 3), Tolerance: max(1, size/5000)}
		width := max(16, size/float64(20+seed%40))

		grown, err := Offset(ctx, polys, width/3, style)
		check(err)
		of("Offset").polygons(grown)
		shrunk, err := Offset(ctx, polys, -width/3, style)
		check(err)
		of("Offset").polygons(shrunk)
		var paths []Path
		for _, ring := range a {
			paths = append(paths, Path(ring))
		}
		stroke, err := Stroke(ctx, paths, width, style)
		check(err)
		of("Stroke").polygons(stroke)
		steps, err := InsetRings(ctx, polys, width, 4, style)
		check(err)
		for _, step := range steps {
			of("InsetRings").polygons(step)
		}
		thin, err := Thin(ctx, polys, width)
		check(err)
		for _, n := range thin {
			of("Thin").polygons([]Polygon{n.Part})
			of("Thin").points([]Point{n.At})
			of("Thin").number(int64(math.Float64bits(n.Width)))
		}
		for name, f := range map[string]func(context.Context, []Polygon, float64) ([]Polygon, error){"Opening": Opening, "Closing": Closing, "Thicken": Thicken} {
			got, err := f(ctx, polys, width)
			check(err)
			of(name).polygons(got)
		}
		bridges, err := Bridges(ctx, polys[:1], polys[1:], width/4+4, 2)
		check(err)
		for _, br := range bridges {
			of("Bridges").points([]Point{br.From, br.To})
			of("Bridges").polygons([]Polygon{br.Strip})
		}
		nodes, err := Nest(ctx, Rings(polys))
		check(err)
		for _, n := range nodes {
			of("Nest").number(int64(n.Parent)<<32 | int64(n.Depth))
		}
		lines, err := Hatch(ctx, polys, 7.3*float64(seed), width/2)
		check(err)
		of("Hatch").paths(lines)
		simple, err := SimplifyPolygons(ctx, polys, width/4)
		check(err)
		of("Simplify").polygons(simple)
		pieces, err := ClipPaths(ctx, paths, polys, Inside)
		check(err)
		of("ClipPaths").paths(pieces)
		noded, err := NodePaths(ctx, paths)
		check(err)
		of("MergePaths").paths(MergePaths(noded))
	}
	for name, sum := range sums {
		got := hex.EncodeToString(sum.Sum(nil)[:12])
		if pinned[name] != got {
			t.Errorf("%q: %q, pinned is %q", name, got, pinned[name])
		}
	}
	if len(pinned) != len(sums) {
		t.Errorf("%d results are pinned, %d were made", len(pinned), len(sums))
	}
}
