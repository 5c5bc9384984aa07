package toolpath

// within tells whether two lines through points, with common ends, keep within
// e of each other both ways: every place of the one has a place of the other
// at most e away, and the reverse. A yes is proved; a no may be wrong by what
// the steps of the search, a sixteenth of e, leave open.
func within(p, q []vec, e float64) bool { return covered(p, q, e) && covered(q, p, e) }

// covered tells whether every place of p lies within e of q. Both run the same
// way, so that the search goes forward along q with p.
//
// The distance from one segment is convex along a line: where both ends of a
// stretch of p are within e of the same segment of q, all of it is. Otherwise
// the stretch is halved; a very short one is near enough where its middle is,
// by more than its half length.
func covered(p, q []vec, e float64) bool {
	at := 0
	for i := 1; i < len(p); i++ {
		next, ok := coveredStretch(p[i-1], p[i], q, at, e)
		if !ok {
			return false
		}
		at = next
	}
	return true
}

// coveredStretch is covered for the stretch ab. It gives the segment of q near
// b, where the search goes on.
func coveredStretch(a, b vec, q []vec, at int, e float64) (int, bool) {
	const fewSegments = 12 // how far ahead, and half as far back, a place is looked for
	from, to := max(0, at-fewSegments/2), min(len(q)-1, at+fewSegments)
	nearA := false
	for k := from; k < to; k++ {
		if fromSegment(a, q[k], q[k+1]) > e {
			continue
		}
		nearA = true
		if fromSegment(b, q[k], q[k+1]) <= e {
			return k, true
		}
	}
	if !nearA {
		return at, false
	}
	half := a.distance(b) / 2
	m := a.middle(b)
	if half <= e/16 {
		for k := from; k < to; k++ {
			if fromSegment(m, q[k], q[k+1])+half <= e {
				return k, true
			}
		}
		return at, false
	}
	at, ok := coveredStretch(a, m, q, at, e)
	if !ok {
		return at, false
	}
	return coveredStretch(m, b, q, at, e)
}
