package wire

import (
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
)

// LayerJoiner puts a layer together again from its chunks.
type LayerJoiner struct {
	layer       artwork.Layer
	shapeOpen   bool // the last shape goes on
	pathOpen    bool // the last path of the last shape goes on
	heightsOpen bool // the last height field goes on
}

// BeginLayer starts to join a layer.
func BeginLayer(begin *exportv1.LayerBegin) (*LayerJoiner, error) {
	operation, err := DecodeOperation(begin.GetOperation())
	if err != nil {
		return nil, fmt.Errorf("layer %q: %w", begin.GetName(), err)
	}
	return &LayerJoiner{layer: artwork.Layer{
		ID: begin.GetId(), Name: begin.GetName(), Operation: operation,
		Setting: begin.GetSetting(), Color: begin.GetColor(),
	}}, nil
}

// Add joins the next chunk.
func (j *LayerJoiner) Add(chunk *exportv1.LayerChunk) error {
	for _, piece := range chunk.GetShapes() {
		if err := j.shape(piece); err != nil {
			return j.wrap(err)
		}
	}
	for _, piece := range chunk.GetHeights() {
		if err := j.heights(piece); err != nil {
			return j.wrap(err)
		}
	}
	return nil
}

// End gives the layer if it is complete.
func (j *LayerJoiner) End(end *exportv1.LayerEnd) (*artwork.Layer, error) {
	if j.shapeOpen || j.heightsOpen {
		return nil, j.wrap(errors.New("the layer ends within a shape"))
	}
	if n := uint64(len(j.layer.Shapes)); n != end.GetShapeCount() {
		return nil, j.wrap(fmt.Errorf("%d shapes came of %d", n, end.GetShapeCount()))
	}
	if n := uint64(len(j.layer.Heights)); n != end.GetHeightCount() {
		return nil, j.wrap(fmt.Errorf("%d height fields came of %d", n, end.GetHeightCount()))
	}
	return &j.layer, nil
}

func (j *LayerJoiner) wrap(err error) error { return fmt.Errorf("layer %q: %w", j.layer.Name, err) }

func (j *LayerJoiner) shape(piece *exportv1.Shape) error {
	if !j.shapeOpen {
		operation, err := DecodeOperation(piece.GetOperation())
		if err != nil {
			return err
		}
		shape := artwork.Shape{
			Board: int(piece.GetBoard()), Operation: operation, Setting: piece.GetSetting(),
			Fill: piece.GetFill(), Feature: piece.GetFeature(),
		}
		if _, err := checkHead(shape.Board, shape.Operation, shape.Setting); err != nil {
			return err
		}
		j.layer.Shapes = append(j.layer.Shapes, shape)
	}
	shape := &j.layer.Shapes[len(j.layer.Shapes)-1]
	for _, p := range piece.GetPaths() {
		if !j.pathOpen {
			shape.Paths = append(shape.Paths, artwork.Path{})
		}
		if err := joinPath(&shape.Paths[len(shape.Paths)-1], p); err != nil {
			return err
		}
		j.pathOpen = p.GetMore()
	}
	j.shapeOpen = piece.GetMore()
	if j.pathOpen && !j.shapeOpen {
		return errors.New("a shape ends within a path")
	}
	return nil
}

func (j *LayerJoiner) heights(piece *exportv1.HeightField) error {
	if !j.heightsOpen {
		field := artwork.HeightField{
			Board: int(piece.GetBoard()), Setting: piece.GetSetting(),
			Origin: artwork.Point{X: piece.GetOriginXMm(), Y: piece.GetOriginYMm()},
			Cell:   piece.GetCellMm(), Columns: int(piece.GetColumns()), Rows: int(piece.GetRows()),
		}
		if _, err := checkHead(field.Board, artwork.Relief, field.Setting); err != nil {
			return err
		}
		j.layer.Heights = append(j.layer.Heights, field)
	}
	field := &j.layer.Heights[len(j.layer.Heights)-1]
	field.Values = append(field.Values, piece.GetHeightsMm()...)
	j.heightsOpen = piece.GetMore()
	if j.heightsOpen {
		return nil
	}
	return checkHeights(*field)
}
