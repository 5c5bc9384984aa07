package wire

import (
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
)

// SplitBoard gives a board to send in pieces of at most MaxPiece bytes.
func SplitBoard(board artwork.Board, send func(*exportv1.Board) error) error {
	if err := checkBoard(board); err != nil {
		return err
	}
	piece := &exportv1.Board{Number: uint32(board.Number), WidthMm: board.Width, HeightMm: board.Height}
	for cutter := cutPath(board.Frame); ; {
		frame, _ := cutter.next(MaxPiece - shapeOverhead)
		piece.Frame, piece.More = frame, frame.GetMore()
		if err := send(piece); err != nil {
			return err
		}
		if !piece.GetMore() {
			return nil
		}
		piece = &exportv1.Board{}
	}
}

// BoardJoiner puts boards together again from their pieces.
type BoardJoiner struct {
	boards []artwork.Board
	open   bool // the last board goes on
}

// Add joins the next piece.
func (j *BoardJoiner) Add(piece *exportv1.Board) error {
	if !j.open {
		j.boards = append(j.boards, artwork.Board{
			Number: int(piece.GetNumber()), Width: piece.GetWidthMm(), Height: piece.GetHeightMm(),
		})
	}
	board := &j.boards[len(j.boards)-1]
	if err := joinPath(&board.Frame, piece.GetFrame()); err != nil {
		return fmt.Errorf("board %d: %w", board.Number, err)
	}
	if piece.GetMore() != piece.GetFrame().GetMore() {
		return fmt.Errorf("board %d ends within its frame", board.Number)
	}
	j.open = piece.GetMore()
	if j.open {
		return nil
	}
	return checkBoard(*board)
}

// Complete is the number of boards that are complete.
func (j *BoardJoiner) Complete() int {
	if j.open {
		return len(j.boards) - 1
	}
	return len(j.boards)
}

// Boards gives the boards; call it when all are complete.
func (j *BoardJoiner) Boards() []artwork.Board { return j.boards }

func checkBoard(b artwork.Board) error {
	if b.Number < 1 || b.Number > maxBoards {
		return fmt.Errorf("board number %d is not from 1 to %d", b.Number, maxBoards)
	}
	if !finite(b.Width) || !finite(b.Height) || b.Width <= 0 || b.Height <= 0 {
		return errors.New("a board has no size")
	}
	if err := checkPath(b.Frame); err != nil {
		return fmt.Errorf("frame of board %d: %w", b.Number, err)
	}
	return nil
}
