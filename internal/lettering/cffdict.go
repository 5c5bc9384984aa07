package lettering

import ps "github.com/go-text/typesetting/font/cff/interpreter"

// The keys of dictionaries that are looked at; those of two bytes from 1200 on.
const (
	dictLetters     = 17
	dictPrivate     = 18
	dictSubroutines = 19
	dictFonts       = 1236
	dictSelect      = 1237
)

// dictionary is the operands of keys of a DICT.
type dictionary struct {
	context ps.Context
	values  map[int][]int
}

// dictionaryOf reads a DICT as far as it is sound.
//
// Adobe Technical Note 5176, section 4.
func dictionaryOf(data []byte, context ps.Context) *dictionary {
	d := &dictionary{context, map[int][]int{}}
	var machine ps.Machine
	_ = machine.Run(data, nil, nil, d) // what follows a mistake counts as not said
	return d
}

// Context says what is read.
func (d *dictionary) Context() ps.Context { return d.context }

// Apply takes one key with its operands.
func (d *dictionary) Apply(state *ps.Machine, op ps.Operator) error {
	key := int(op.Operator)
	if op.IsEscaped {
		key += 1200
	}
	var values []int
	for _, v := range state.ArgStack.Vals[:state.ArgStack.Top] {
		values = append(values, int(v))
	}
	d.values[key] = values
	state.ArgStack.Clear()
	return nil
}

// at gives an operand of a key, 0 where there is none.
func (d *dictionary) at(key, i int) int {
	if v := d.values[key]; i < len(v) {
		return v[i]
	}
	return 0
}
