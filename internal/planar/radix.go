package planar

import "slices"

const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
	// below this many points a comparison sort is faster
	radixFrom = 512
)

// sortUnique sorts points from left to right and from below to above, and
// drops repeated ones. It reuses the slice.
func sortUnique(points []Point) []Point {
	if len(points) < radixFrom {
		slices.SortFunc(points, Point.Compare)
		return slices.Compact(points)
	}
	keys := make([]uint64, len(points))
	for i, p := range points {
		keys[i] = uint64(uint32(p.X)^1<<31)<<32 | uint64(uint32(p.Y)^1<<31)
	}
	keys = slices.Compact(radixSort(keys))
	for i, k := range keys {
		points[i] = Point{int32(uint32(k>>32) ^ 1<<31), int32(uint32(k) ^ 1<<31)}
	}
	return points[:len(keys)]
}

// radixSort sorts by digits from the last, skipping those that all keys share.
// It returns one of two buffers.
func radixSort(keys []uint64) []uint64 {
	common, either := ^uint64(0), uint64(0)
	for _, k := range keys {
		common &= k
		either |= k
	}
	varying := either &^ common
	spare := make([]uint64, len(keys))
	for shift := uint(0); shift < 64; shift += digitBits {
		if varying>>shift&digitMask == 0 {
			continue
		}
		var start [digitMask + 2]int
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
	return keys
}
