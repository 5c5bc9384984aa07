package planar

import "slices"

const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
	// below this many points a comparison sort is faster
	radixFrom = 512
	// up to this many points sorting by insertion is
	fewPoints = 16
)

// sortUnique sorts points from left to right and from below to above, and
// drops repeated ones. It reuses the slice.
func sortUnique(points []Point) []Point {
	if len(points) <= fewPoints {
		return sortFew(points)
	}
	var room [128]uint64
	keys := room[:0]
	for _, p := range points {
		keys = append(keys, uint64(uint32(p.X)^1<<31)<<32|uint64(uint32(p.Y)^1<<31))
	}
	if len(keys) < radixFrom {
		slices.Sort(keys)
	} else {
		keys, _ = radixSort(keys, make([]uint64, len(keys)), 0)
	}
	keys = slices.Compact(keys)
	for i, k := range keys {
		points[i] = Point{int32(uint32(k>>32) ^ 1<<31), int32(uint32(k) ^ 1<<31)}
	}
	return points[:len(keys)]
}

// sortFew is sortUnique by insertion.
func sortFew(points []Point) []Point {
	n := 0
	for _, p := range points {
		i := n
		for i > 0 && (points[i-1].X > p.X || points[i-1].X == p.X && points[i-1].Y > p.Y) {
			i--
		}
		if i > 0 && points[i-1] == p {
			continue
		}
		copy(points[i+1:n+1], points[i:n])
		points[i] = p
		n++
	}
	return points[:n]
}

// radixSort sorts by digits from the last, skipping those that all keys share.
// It leaves the order of the lowest bits, from up to the bit of that number, as
// it is. It returns the sorted keys and the other one of the two buffers.
func radixSort(keys, spare []uint64, from uint) (sorted, other []uint64) {
	if len(keys) < radixFrom {
		slices.Sort(keys)
		return keys, spare
	}
	common, either := ^uint64(0), uint64(0)
	for _, k := range keys {
		common &= k
		either |= k
	}
	varying := either &^ common
	for shift := from; shift < 64; shift += digitBits {
		if varying>>shift&digitMask == 0 {
			continue
		}
		var start [digitMask + 2]int32
		for _, k := range keys {
			start[k>>shift&digitMask+1]++
		}
		for i := 1; i < len(start); i++ {
			start[i] += start[i-1]
		}
		for _, k := range keys {
			d := k >> shift & digitMask
			spare[start[d]] = k
			start[d]++
		}
		keys, spare = spare, keys
	}
	return keys, spare
}
