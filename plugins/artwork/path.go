package artwork

// Point is a place on a board in mm, origin lower left, Y up.
type Point struct{ X, Y float64 }

// Verb says how a path goes on from its last point.
type Verb uint8

// The verbs and the number of points that each consumes.
const (
	LineTo  Verb = iota // 1: the end
	CubicTo             // 3: first handle, second handle, the end
	ArcTo               // 2: a point that the circular arc passes through, the end
)

// Points is how many points v consumes; 0 for an unknown verb.
func (v Verb) Points() int {
	switch v {
	case LineTo:
		return 1
	case CubicTo:
		return 3
	case ArcTo:
		return 2
	default:
		return 0
	}
}

// Path is one line that the machine follows, or one ring of a filled area.
type Path struct {
	// Points holds the start and then the points that the verbs consume.
	// A closed path does not repeat its start.
	Points []Point
	// Verbs holds a verb a stretch. Nil means that every further point is the
	// end of a straight line, which is by far the most frequent path.
	Verbs []Verb
	// Closed says that the path returns to its start by a straight line.
	Closed bool
}
