package wire_test

import (
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
)

// FuzzJoin gives the joiner two chunks of any bytes: it must refuse them or
// give a layer that can be sent on as it is.
func FuzzJoin(f *testing.F) {
	cut := exportv1.Operation_OPERATION_CUT
	first, err := proto.Marshal(&exportv1.LayerChunk{Shapes: []*exportv1.Shape{
		{Board: 1, Operation: cut, Setting: "outer", Feature: 9, Paths: []*exportv1.Path{{PointsMm: []float64{1, 2, 3, 4}, Closed: true}}},
		{Board: 2, Operation: cut, Paths: []*exportv1.Path{{PointsMm: []float64{1, 2, 3, 4}, Verbs: []byte{1}, More: true}}, More: true},
	}})
	if err != nil {
		f.Fatal(err)
	}
	second, err := proto.Marshal(&exportv1.LayerChunk{
		Shapes:  []*exportv1.Shape{{Paths: []*exportv1.Path{{PointsMm: []float64{5, 6, 7, 8}}}}},
		Heights: []*exportv1.HeightField{{Board: 1, CellMm: 0.5, Columns: 2, Rows: 1, HeightsMm: []float32{1, 2}}},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(first, second, uint64(2), uint64(1))
	f.Add(second, first, uint64(2), uint64(1))
	f.Add([]byte{}, []byte{}, uint64(0), uint64(0))
	f.Fuzz(func(t *testing.T, first, second []byte, shapes, heights uint64) {
		joiner, err := wire.BeginLayer(&exportv1.LayerBegin{Name: "L", Operation: exportv1.Operation_OPERATION_CUT})
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{first, second} {
			var chunk exportv1.LayerChunk
			if proto.Unmarshal(data, &chunk) != nil || joiner.Add(&chunk) != nil {
				return
			}
		}
		layer, err := joiner.End(&exportv1.LayerEnd{ShapeCount: shapes, HeightCount: heights})
		if err != nil {
			return
		}
		again, _, err := over(layer)
		if err != nil {
			t.Fatalf("a layer that came can't be sent: %v", err)
		}
		if !equal(layer, again) {
			t.Error("a layer that came is sent as another")
		}
	})
}

// FuzzBoards gives the joiner of boards any bytes.
func FuzzBoards(f *testing.F) {
	board := artwork.Board{Number: 1, Width: 300, Height: 200, Frame: artwork.Path{Closed: true, Points: make([]artwork.Point, 4)}}
	err := wire.SplitBoard(board, func(piece *exportv1.Board) error {
		data, err := proto.Marshal(piece)
		f.Add(data, data)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		var joiner wire.BoardJoiner
		for _, data := range [][]byte{first, second} {
			var piece exportv1.Board
			if proto.Unmarshal(data, &piece) != nil || joiner.Add(&piece) != nil {
				return
			}
		}
		for _, b := range joiner.Boards()[:joiner.Complete()] {
			if err := wire.SplitBoard(b, func(*exportv1.Board) error { return nil }); err != nil {
				t.Fatalf("a board that came can't be sent: %v", err)
			}
		}
	})
}
