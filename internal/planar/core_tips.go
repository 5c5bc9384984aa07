package planar

// tip looks whether a ring that goes on forth, or back, from a point came there
// the other way, and has its inside between the two: below what goes back, which
// passes the cell no lower than the point, and above what goes forth, which passes
// it no higher. Then no winding number between them is less than around, although
// the corner counts as on the high side of one.
func (b *band) tip(r Ring, at int, forth bool) {
	p := r[at]
	row, col := b.row(p.Y), b.col(p.X)
	if row < b.first || row >= b.end {
		return
	}
	if b.leaves(r, at, -1, forth, !forth) && b.leaves(r, at, 1, forth, forth) {
		b.seen[(row-b.first)*b.nx+col].high--
	}
}

// leaves tells whether a ring leaves the cell of a point, in the direction of step,
// to the right all the way, or to the left, and never above the point, or below.
// It has left when it is further away than the drift: nearer, what follows might
// come back into the cell when it is noded.
func (b *band) leaves(r Ring, at, step int, right, low bool) bool {
	p := r[at]
	row, col, q := b.row(p.Y), b.col(p.X), p
	for range r {
		if at += step; at < 0 {
			at = len(r) - 1
		} else if at == len(r) {
			at = 0
		}
		next := r[at]
		if next == q {
			continue
		}
		if before(q, next) != right || low && next.Y > p.Y || !low && next.Y < p.Y {
			return false
		}
		if n := b.near(next); n.row1 < row || n.row0 > row || n.col1 < col || n.col0 > col {
			return true
		}
		q = next
	}
	return false
}
