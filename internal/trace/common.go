package trace

// The choices of the option "thin".
const (
	thinDrop    = "drop"
	thinThicken = "thicken"
	thinKeep    = "keep"
)

// The choices of the option "pieces".
const (
	piecesFall   = "fall"
	piecesBridge = "bridge"
	piecesDrop   = "drop"
)

// CommonOptions lists the options that every strategy has.
func CommonOptions() []Option {
	return []Option{
		{
			Key: "simplify", Unit: "mm", Default: "0.05", Max: 10,
			Help: "How far a simplified line may lie from the true one.",
		},
		{
			Key: "min-area", Unit: "mm²", Default: "0", Max: 1e6,
			Help: "Areas smaller than this are left out.",
		},
		{
			Key: "min-width", Unit: "mm", Default: "0.1", Max: 100,
			Help: "The least width of areas: thin says what becomes of what is thinner. 0 keeps all.",
		},
		{
			Key: "thin", Default: thinDrop, Enum: []string{thinDrop, thinThicken, thinKeep},
			Help: "What becomes of areas and parts of them that are thinner than min-width: drop leaves them out, thicken widens them to it (up to an eighth more), keep lets them be.",
		},
		{
			Key: "merge-gap", Unit: "mm", Default: "0", Max: 20,
			Help: "Areas nearer to each other than this become one, so that no web too thin to last is left between them.",
		},
		{
			Key: "min-length", Unit: "mm", Default: "0", Max: 1e4,
			Help: "Lines shorter than this are left out; lines that meet end to end count as one.",
		},
		{
			Key: "min-stub", Unit: "mm", Default: "0", Max: 1e4,
			Help: "Dead ends of lines shorter than this are left out. What links two other lines stays.",
		},
		{
			Key: "close-gap", Unit: "mm", Default: "0.05", Max: 5,
			Help: "Ends of lines nearer to each other than this are joined.",
		},
		{
			Key: "width", Unit: "mm", Default: "1", Min: 0.05, Max: maxWidth,
			Help: "The width at which a line is drawn by the strategies that give it one.",
		},
		{
			Key: "width" + classSuffix, Unit: "mm", Min: 0.05, Max: maxWidth,
			Help: "The width of lines of one class, such as width.river; without it they have width.",
		},
		{
			Key: "diameter", Unit: "mm", Default: "1", Min: 0.1, Max: maxWidth,
			Help: "The diameter of the circle that is drawn for a point.",
		},
		{
			Key: "join", Default: "round", Enum: []string{"round", "mitre", "square"},
			Help: "How an outline turns around a corner.",
		},
		{
			Key: "curves", Default: curvesOn, Enum: []string{curvesOn, curvesOff},
			Help: "Whether smooth lines are drawn with arcs and curves, which gives far fewer points and runs smoother, or with short straight lines only.",
		},
		{
			Key: "curve-error", Unit: "mm", Default: "0.05", Min: 0.001, Max: 1,
			Help: "How far an arc or a curve may lie from the line that it stands for. Round corners and circles are drawn more finely.",
		},
		{
			Key: "order", Default: orderTravel, Enum: []string{orderTravel, orderAsDrawn},
			Help: "In which order the machine runs the layer's shapes: travel keeps its way between them short, with cuts inside of others first; as-drawn keeps the order of the map.",
		},
		{
			Key: "corner-radius", Unit: "mm", Default: "0", Max: 50,
			Help: "Corners of areas are rounded to this radius.",
		},
		{
			Key: "kerf", Unit: "mm", Default: "0", Max: 5,
			Help: "The beam's width. Cut outlines move aside by half of it: outwards with the setting outer, so that the piece has its true size, inwards with inner, so that the opening has. Holes move the other way, and drill holes get smaller by it. Scored and engraved lines stay.",
		},
		{
			Key: "pieces", Default: piecesFall, Enum: []string{piecesFall, piecesBridge, piecesDrop},
			Help: "What becomes of pieces that are cut free: fall lets them fall out, bridge leaves bridges in the cut so that they stay in the sheet until they are broken out, drop does not cut pieces, holes and islands that are smaller than min-area.",
		},
		{
			Key: "bridge-width", Unit: "mm", Default: "2", Min: 0.3, Max: 50,
			Help: "How wide a bridge is after the cut: the beam's width is added.",
		},
		{
			Key: "bridges", Unit: "a piece", Default: "2", Min: 1, Max: 20, Whole: true,
			Help: "How many bridges hold a piece; more where it would come free all the same, fewer where it is too small for them.",
		},
	}
}
