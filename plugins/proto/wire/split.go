package wire

import (
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
)

// SplitLayer gives the shapes and heights of a layer to send in chunks of at
// most MaxPiece bytes. It stops at the first error, its own or send's; its own
// names the shape that cannot be sent.
func SplitLayer(layer *artwork.Layer, send func(*exportv1.LayerChunk) error) error {
	s := splitter{send: send, chunk: &exportv1.LayerChunk{}, room: MaxPiece}
	for i, shape := range layer.Shapes {
		if err := s.shape(shape); err != nil {
			return fmt.Errorf("shape %d of layer %q: %w", i+1, layer.Name, err)
		}
	}
	for i, field := range layer.Heights {
		if err := s.heights(field); err != nil {
			return fmt.Errorf("height field %d of layer %q: %w", i+1, layer.Name, err)
		}
	}
	return s.flush()
}

// splitter fills one chunk after the other.
type splitter struct {
	send  func(*exportv1.LayerChunk) error
	chunk *exportv1.LayerChunk
	room  int // bytes left in chunk
}

func (s *splitter) flush() error {
	if len(s.chunk.GetShapes()) == 0 && len(s.chunk.GetHeights()) == 0 {
		return nil
	}
	full := s.chunk
	s.chunk, s.room = &exportv1.LayerChunk{}, MaxPiece
	return s.send(full)
}

// need flushes if fewer than n bytes are left.
func (s *splitter) need(n int) error {
	if s.room >= n {
		return nil
	}
	return s.flush()
}

func (s *splitter) addShape(piece *exportv1.Shape) {
	s.chunk.Shapes = append(s.chunk.Shapes, piece)
	s.room -= shapeOverhead + len(piece.GetSetting())
}

func (s *splitter) shape(shape artwork.Shape) error {
	operation, err := checkHead(shape.Board, shape.Operation, shape.Setting)
	if err != nil {
		return err
	}
	if err := s.need(shapeOverhead + len(shape.Setting) + pathOverhead + 2*pointSize); err != nil {
		return err
	}
	piece := &exportv1.Shape{
		Board: uint32(shape.Board), Operation: operation, Setting: shape.Setting,
		Fill: shape.Fill, Feature: shape.Feature,
	}
	s.addShape(piece)
	for _, p := range shape.Paths {
		if err := checkPath(p); err != nil {
			return err
		}
		if piece, err = s.path(piece, p); err != nil {
			return err
		}
	}
	return nil
}

// path adds a path to the shape's piece and returns the piece that it ends in.
func (s *splitter) path(piece *exportv1.Shape, p artwork.Path) (*exportv1.Shape, error) {
	for cutter := cutPath(p); ; {
		if s.room < pathOverhead+2*pointSize {
			piece.More = true
			if err := s.flush(); err != nil {
				return nil, err
			}
			piece = &exportv1.Shape{}
			s.addShape(piece)
		}
		part, size := cutter.next(s.room)
		piece.Paths = append(piece.Paths, part)
		s.room -= size
		if !part.GetMore() {
			return piece, nil
		}
	}
}

func (s *splitter) heights(field artwork.HeightField) error {
	if _, err := checkHead(field.Board, artwork.Relief, field.Setting); err != nil {
		return err
	}
	if err := checkHeights(field); err != nil {
		return err
	}
	const valueSize = 4
	if err := s.need(heightOverhead + len(field.Setting) + valueSize); err != nil {
		return err
	}
	piece := &exportv1.HeightField{
		Board: uint32(field.Board), Setting: field.Setting,
		OriginXMm: field.Origin.X, OriginYMm: field.Origin.Y, CellMm: field.Cell,
		Columns: uint32(field.Columns), Rows: uint32(field.Rows),
	}
	for rest := field.Values; ; {
		s.chunk.Heights = append(s.chunk.Heights, piece)
		s.room -= heightOverhead + len(piece.GetSetting())
		n := min(len(rest), s.room/valueSize)
		piece.HeightsMm, rest = rest[:n], rest[n:]
		s.room -= n * valueSize
		if len(rest) == 0 {
			return nil
		}
		piece.More = true
		if err := s.flush(); err != nil {
			return err
		}
		piece = &exportv1.HeightField{}
	}
}

// checkHead checks what shapes and height fields have in common.
func checkHead(board int, o artwork.Operation, setting string) (exportv1.Operation, error) {
	if board < 1 || board > maxBoards {
		return 0, fmt.Errorf("board number %d is not from 1 to %d", board, maxBoards)
	}
	if len(setting) > maxSetting {
		return 0, fmt.Errorf("the id of its setting has %d bytes, more than %d", len(setting), maxSetting)
	}
	return EncodeOperation(o)
}

// checkHeights tells whether a height field is what its size says.
func checkHeights(f artwork.HeightField) error {
	if !finite(f.Origin.X) || !finite(f.Origin.Y) {
		return errNotFinite
	}
	if !finite(f.Cell) || f.Cell <= 0 {
		return errors.New("the cells of a height field have no size")
	}
	if f.Columns < 0 || f.Rows < 0 || f.Columns > maxSide || f.Rows > maxSide ||
		f.Columns*f.Rows != len(f.Values) {
		return fmt.Errorf("a height field of %d by %d cells has %d heights", f.Columns, f.Rows, len(f.Values))
	}
	for _, v := range f.Values {
		if v > maxHeight || v < -maxHeight {
			return errors.New("a height is beyond 100 m")
		}
	}
	return nil
}

// What artwork cannot sensibly go beyond.
const (
	maxBoards = 1 << 16
	maxSide   = 1 << 16 // cells
	maxHeight = 1e5     // mm
)
