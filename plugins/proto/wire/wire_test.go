package wire_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
)

// over sends a layer through real bytes and gives what comes out, and how many
// chunks it took.
func over(layer *artwork.Layer) (*artwork.Layer, int, error) {
	op, err := wire.EncodeOperation(layer.Operation)
	if err != nil {
		return nil, 0, err
	}
	joiner, err := wire.BeginLayer(&exportv1.LayerBegin{
		Id: layer.ID, Name: layer.Name, Operation: op, Setting: layer.Setting, Color: layer.Color,
	})
	if err != nil {
		return nil, 0, err
	}
	chunks := 0
	err = wire.SplitLayer(layer, func(chunk *exportv1.LayerChunk) error {
		chunks++
		data, err := proto.Marshal(chunk)
		if err != nil {
			return err
		}
		if len(data) > wire.MaxPiece {
			return fmt.Errorf("chunk %d has %d bytes", chunks, len(data))
		}
		var read exportv1.LayerChunk
		if err := proto.Unmarshal(data, &read); err != nil {
			return err
		}
		return joiner.Add(&read)
	})
	if err != nil {
		return nil, chunks, err
	}
	out, err := joiner.End(&exportv1.LayerEnd{
		ShapeCount: uint64(len(layer.Shapes)), HeightCount: uint64(len(layer.Heights)),
	})
	return out, chunks, err
}

// equal tells whether two layers are the same, where nil and empty lists are,
// and NaN is NaN. It is what reflection would take minutes for.
func equal(a, b *artwork.Layer) bool {
	return a.ID == b.ID && a.Name == b.Name && a.Operation == b.Operation && a.Setting == b.Setting && a.Color == b.Color &&
		slices.EqualFunc(a.Shapes, b.Shapes, equalShapes) && slices.EqualFunc(a.Heights, b.Heights, equalHeights)
}

func equalShapes(a, b artwork.Shape) bool {
	return a.Board == b.Board && a.Operation == b.Operation && a.Setting == b.Setting && a.Fill == b.Fill &&
		a.Feature == b.Feature && slices.EqualFunc(a.Paths, b.Paths, equalPaths)
}

func equalPaths(a, b artwork.Path) bool {
	return a.Closed == b.Closed && slices.Equal(a.Points, b.Points) && slices.Equal(a.Verbs, b.Verbs)
}

func equalHeights(a, b artwork.HeightField) bool {
	return a.Board == b.Board && a.Setting == b.Setting && a.Origin == b.Origin && a.Cell == b.Cell &&
		a.Columns == b.Columns && a.Rows == b.Rows && slices.EqualFunc(a.Values, b.Values, func(x, y float32) bool {
		return x == y || x != x && y != y // NaN: not carved
	})
}

func TestAnyLayerComesOutAsItWentIn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		layer := drawLayer(t)
		got, _, err := over(&layer)
		if err != nil {
			t.Fatal(err)
		}
		if !equal(&layer, got) {
			t.Fatal("it came out otherwise")
		}
	})
}

func drawLayer(t *rapid.T) artwork.Layer {
	o := rapid.SampledFrom(artwork.Operations()).Draw(t, "operation")
	l := artwork.Layer{
		ID: "id", Name: rapid.String().Draw(t, "name"), Operation: o, Setting: artwork.Settings(o)[0], Color: "#112233",
	}
	for range rapid.IntRange(0, 6).Draw(t, "shapes") {
		s := artwork.Shape{
			Board: rapid.IntRange(1, 9).Draw(t, "board"), Operation: o, Setting: rapid.StringN(0, 20, 60).Draw(t, "setting"),
			Fill: rapid.Bool().Draw(t, "fill"), Feature: rapid.Int64().Draw(t, "feature"),
		}
		for range rapid.IntRange(0, 5).Draw(t, "paths") {
			s.Paths = append(s.Paths, drawPath(t))
		}
		l.Shapes = append(l.Shapes, s)
	}
	for range rapid.IntRange(0, 2).Draw(t, "heights") {
		columns, rows := rapid.IntRange(0, 400).Draw(t, "columns"), rapid.IntRange(0, 400).Draw(t, "rows")
		f := artwork.HeightField{
			Board: 1, Setting: "default", Origin: artwork.Point{X: -1, Y: 2.5}, Cell: 0.1, Columns: columns, Rows: rows,
			Values: make([]float32, columns*rows),
		}
		for i := range f.Values {
			f.Values[i] = float32(i%1000) / 8
		}
		l.Heights = append(l.Heights, f)
	}
	return l
}

// drawPath draws paths that are seldom long, and then cross several chunks.
func drawPath(t *rapid.T) artwork.Path {
	n := rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(16_000, 40_000)).Draw(t, "points")
	p := artwork.Path{Closed: rapid.Bool().Draw(t, "closed"), Points: make([]artwork.Point, 0, n)}
	for i := range n {
		p.Points = append(p.Points, artwork.Point{X: float64(i) / 7, Y: -float64(i) * math.Pi})
	}
	if n == 0 || !rapid.Bool().Draw(t, "curved") {
		return p
	}
	for at := 1; at < n; {
		v := artwork.Verb((at + n) % 3)
		if at+v.Points() > n {
			v = artwork.LineTo
		}
		p.Verbs = append(p.Verbs, v)
		at += v.Points()
	}
	return p
}

// 300,000 points are 4.8 MB, more than a gRPC message may have.
func TestALongPathIsCutIntoPieces(t *testing.T) {
	t.Parallel()
	p := artwork.Path{Points: make([]artwork.Point, 300_000), Closed: true}
	for i := range p.Points {
		p.Points[i] = artwork.Point{X: float64(i), Y: 1 / float64(i+1)}
	}
	layer := artwork.Layer{Name: "Long", Operation: artwork.Cut, Shapes: []artwork.Shape{{Board: 1, Operation: artwork.Cut, Paths: []artwork.Path{p}}}}
	got, chunks, err := over(&layer)
	if err != nil {
		t.Fatal(err)
	}
	if chunks != 19 {
		t.Errorf("it took %d chunks", chunks)
	}
	if !equal(&layer, got) {
		t.Error("it came out otherwise")
	}
}

func TestWhatNoMachineCanFollowIsNotSent(t *testing.T) {
	t.Parallel()
	good := artwork.Shape{Board: 1, Operation: artwork.Cut, Setting: "outer", Paths: []artwork.Path{{Points: make([]artwork.Point, 4)}}}
	field := artwork.HeightField{Board: 1, Cell: 1, Columns: 2, Rows: 1, Values: []float32{1, 2}}
	tests := map[string]func(*artwork.Layer){
		"not a number":        func(l *artwork.Layer) { l.Shapes[0].Paths[0].Points[1].Y = math.NaN() },
		"infinite":            func(l *artwork.Layer) { l.Shapes[0].Paths[0].Points[1].X = math.Inf(-1) },
		"too few points":      func(l *artwork.Layer) { l.Shapes[0].Paths[0].Verbs = []artwork.Verb{artwork.CubicTo, artwork.LineTo} },
		"unknown verb":        func(l *artwork.Layer) { l.Shapes[0].Paths[0].Verbs = []artwork.Verb{9} },
		"no board":            func(l *artwork.Layer) { l.Shapes[0].Board = 0 },
		"unknown operation":   func(l *artwork.Layer) { l.Shapes[0].Operation = "melt" },
		"endless setting":     func(l *artwork.Layer) { l.Shapes[0].Setting = string(make([]byte, 2000)) },
		"heights of no size":  func(l *artwork.Layer) { l.Heights[0].Cell = 0 },
		"too few heights":     func(l *artwork.Layer) { l.Heights[0].Rows = 2 },
		"an infinite height":  func(l *artwork.Layer) { l.Heights[0].Values[1] = float32(math.Inf(1)) },
		"heights of no board": func(l *artwork.Layer) { l.Heights[0].Board = -1 },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shape := good
			shape.Paths = []artwork.Path{{Points: make([]artwork.Point, 4)}}
			heights := field
			heights.Values = []float32{1, 2}
			layer := artwork.Layer{Name: "L", Operation: artwork.Cut, Shapes: []artwork.Shape{shape}, Heights: []artwork.HeightField{heights}}
			if _, _, err := over(&layer); err != nil {
				t.Fatalf("before: %v", err)
			}
			spoil(&layer)
			if _, _, err := over(&layer); err == nil {
				t.Error("it was sent")
			}
		})
	}
}

func TestALayerThatDidNotComeWholeIsRefused(t *testing.T) {
	t.Parallel()
	path := func(more bool) *exportv1.Path { return &exportv1.Path{PointsMm: []float64{1, 2}, More: more} }
	shape := func(more bool, paths ...*exportv1.Path) *exportv1.LayerChunk {
		return &exportv1.LayerChunk{Shapes: []*exportv1.Shape{{Board: 1, Operation: exportv1.Operation_OPERATION_CUT, Paths: paths, More: more}}}
	}
	tests := map[string]struct {
		chunks []*exportv1.LayerChunk
		shapes uint64
	}{
		"a shape goes on":           {[]*exportv1.LayerChunk{shape(true, path(false))}, 1},
		"a path goes on":            {[]*exportv1.LayerChunk{shape(false, path(true))}, 1},
		"a shape is missing":        {[]*exportv1.LayerChunk{shape(false, path(false))}, 2},
		"a shape is too many":       {[]*exportv1.LayerChunk{shape(false, path(false))}, 0},
		"x without y":               {[]*exportv1.LayerChunk{shape(false, &exportv1.Path{PointsMm: []float64{1, 2, 3}})}, 1},
		"no operation":              {[]*exportv1.LayerChunk{{Shapes: []*exportv1.Shape{{Board: 1}}}}, 1},
		"an operation of tomorrow":  {[]*exportv1.LayerChunk{{Shapes: []*exportv1.Shape{{Board: 1, Operation: 77}}}}, 1},
		"heights that do not match": {[]*exportv1.LayerChunk{{Heights: []*exportv1.HeightField{{Board: 1, CellMm: 1, Columns: 3, Rows: 3}}}}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := join(test.chunks, &exportv1.LayerEnd{ShapeCount: test.shapes}); err == nil {
				t.Error("it was taken")
			}
		})
	}
}

func join(chunks []*exportv1.LayerChunk, end *exportv1.LayerEnd) error {
	j, err := wire.BeginLayer(&exportv1.LayerBegin{Operation: exportv1.Operation_OPERATION_CUT})
	if err != nil {
		return err
	}
	for _, chunk := range chunks {
		if err := j.Add(chunk); err != nil {
			return err
		}
	}
	_, err = j.End(end)
	return err
}

func TestBoardsComeOutAsTheyWentIn(t *testing.T) {
	t.Parallel()
	frame := artwork.Path{Closed: true}
	for i := range 40_000 {
		frame.Points = append(frame.Points, artwork.Point{X: float64(i), Y: 2})
	}
	boards := []artwork.Board{
		{Number: 1, Width: 300, Height: 200, Frame: frame},
		{Number: 2, Width: 300, Height: 200, Frame: artwork.Path{Closed: true, Points: frame.Points[:4]}},
	}
	var joiner wire.BoardJoiner
	pieces := 0
	for i, b := range boards {
		err := wire.SplitBoard(b, func(piece *exportv1.Board) error {
			if pieces++; proto.Size(piece) > wire.MaxPiece {
				t.Errorf("a piece has %d bytes", proto.Size(piece))
			}
			if joiner.Complete() != i {
				t.Errorf("%d of %d boards are complete", joiner.Complete(), i)
			}
			return joiner.Add(piece)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if pieces != 4 {
		t.Errorf("%d pieces", pieces)
	}
	for i, got := range joiner.Boards() {
		want := boards[i]
		if got.Number != want.Number || got.Width != want.Width || got.Height != want.Height || !equalPaths(got.Frame, want.Frame) {
			t.Errorf("board %d came out otherwise", i+1)
		}
	}
	if len(joiner.Boards()) != len(boards) {
		t.Errorf("%d boards came", len(joiner.Boards()))
	}
}
