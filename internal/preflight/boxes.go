package preflight

import (
	"cmp"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// boxes answers whether any of many boxes meets another one. They are kept from
// left to right, with the right end of all up to each.
type boxes struct {
	list  []planar.Box
	right []int32
}

func newBoxes(list []planar.Box) boxes {
	x := boxes{list: slices.Clone(list)}
	slices.SortFunc(x.list, func(a, b planar.Box) int { return cmp.Compare(a.Min.X, b.Min.X) })
	for i, b := range x.list {
		right := b.Max.X
		if i > 0 {
			right = max(right, x.right[i-1])
		}
		x.right = append(x.right, right)
	}
	return x
}

// meets tells whether any box has a point in common with b.
func (x boxes) meets(b planar.Box) bool {
	i, _ := slices.BinarySearchFunc(x.list, b.Max.X, func(o planar.Box, v int32) int {
		if o.Min.X <= v {
			return -1
		}
		return 1
	})
	for i--; i >= 0 && x.right[i] >= b.Min.X; i-- {
		if o := x.list[i]; o.Max.X >= b.Min.X && o.Min.Y <= b.Max.Y && o.Max.Y >= b.Min.Y {
			return true
		}
	}
	return false
}
