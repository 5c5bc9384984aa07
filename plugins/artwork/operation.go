package artwork

import "slices"

// Operation is what the machine does with a shape.
type Operation string

// The operations, in the order in which a machine should run them.
const (
	Engrave Operation = "engrave" // fill an area with burn lines
	Relief  Operation = "relief"  // carve to a height
	Score   Operation = "score"   // follow a line without cutting through
	Cut     Operation = "cut"     // follow a line through the material
	Guide   Operation = "guide"   // help on the screen: never burned, never charged
)

// Operations lists all operations in machine order: engrave before score before cut.
func Operations() []Operation { return []Operation{Engrave, Relief, Score, Cut, Guide} }

// Settings lists the setting ids of an operation; the first is the default.
// An unknown operation has none.
func Settings(o Operation) []string {
	switch o {
	case Cut:
		return []string{"outer", "inner"}
	case Score:
		return []string{"1", "2"}
	case Engrave:
		return []string{"light", "medium", "dark"}
	case Relief, Guide:
		return []string{"default"}
	default:
		return nil
	}
}

// Valid tells whether o is one of Operations.
func (o Operation) Valid() bool { return slices.Contains(Operations(), o) }

// Order is the place of o in machine order, from 0; unknown operations come last.
func (o Operation) Order() int {
	if i := slices.Index(Operations(), o); i >= 0 {
		return i
	}
	return len(Operations())
}
