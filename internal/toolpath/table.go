package toolpath

// table numbers distinct keys from 0 in the order in which they come. It is a
// hash table with open places, several times faster than a map here.
type table struct {
	keys  []uint64 // by number
	slots []int32  // number+1, 0 where free
	shift uint
}

func newTable(expected int) *table {
	bits := uint(8)
	for 1<<bits < 2*expected {
		bits++
	}
	return &table{slots: make([]int32, 1<<bits), shift: 64 - bits}
}

// number gives the number of a key, a new one where it has none yet.
func (t *table) number(key uint64) int32 {
	at := t.find(key)
	if t.slots[at] == 0 {
		t.keys = append(t.keys, key)
		t.slots[at] = int32(len(t.keys))
		if 2*len(t.keys) > len(t.slots) {
			t.grow()
		}
		return int32(len(t.keys) - 1)
	}
	return t.slots[at] - 1
}

// known gives the number of a key, or -1.
func (t *table) known(key uint64) int32 { return t.slots[t.find(key)] - 1 }

// find gives the slot of a key, or the free one where it belongs.
func (t *table) find(key uint64) uint64 {
	mask := uint64(len(t.slots) - 1)
	at := key * 0x9e3779b97f4a7c15 >> t.shift
	for t.slots[at] != 0 && t.keys[t.slots[at]-1] != key {
		at = (at + 1) & mask
	}
	return at
}

func (t *table) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	t.shift--
	for i, k := range t.keys {
		t.slots[t.find(k)] = int32(i + 1)
	}
}

// pairKey is a key for two numbers in whatever order.
func pairKey(a, b int32) uint64 {
	if a > b {
		a, b = b, a
	}
	return uint64(uint32(a))<<32 | uint64(uint32(b))
}
