package lettering

import (
	"encoding/binary"
	"errors"

	ps "github.com/go-text/typesetting/font/cff/interpreter"
)

// The most steps that a letter of PostScript outlines may take to draw, and all
// letters of a font together. The richest real ones take some thousands; those
// of a font for Chinese, with 65,000 letters, ten million together.
const (
	maxSteps    = 1 << 20
	maxAllSteps = 1 << 28
)

var errCFF = errors.New("the font is damaged: its outlines can't be read")

// checkSteps follows all letters of a table "CFF " and tells whether each comes
// to an end in a number of steps that can be waited for: a letter calls
// subroutines, which may call others ten deep, so that a file of some hundred
// bytes could ask for more steps than any computer can take.
//
// Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).
func checkSteps(table []byte) error {
	c, err := readCFF(table)
	if err != nil {
		return err
	}
	all := 0
	for id := range c.letters {
		// A letter that is wrong in another way is drawn as far as it is right.
		n, _ := c.steps(id)
		if all += n; n >= maxSteps || all > maxAllSteps {
			return errors.New("the font is damaged: its letters take too many steps to draw")
		}
	}
	return nil
}

// steps tells how many steps a letter takes, at most maxSteps, and what is
// wrong with it. It counts a path of n coordinates as n.
func (c *outlines) steps(id int) (int, error) {
	var local [][]byte
	if fd := c.fontOf(id); fd < len(c.local) {
		local = c.local[fd]
	}
	s := stepCounter{left: maxSteps}
	err := c.machine.Run(c.letters[id], local, c.global, &s)
	return maxSteps - max(0, s.left), err
}

// stepCounter runs the program of a letter without drawing it.
type stepCounter struct {
	stems ps.CharstringReader
	left  int
}

// Context says what is run.
func (*stepCounter) Context() ps.Context { return ps.Type2Charstring }

// Apply takes one step.
func (s *stepCounter) Apply(state *ps.Machine, op ps.Operator) error {
	s.left -= 1 + int(state.ArgStack.Top)
	if s.left <= 0 {
		return errCFF
	}
	if op.IsEscaped {
		state.ArgStack.Clear()
		return nil
	}
	switch op.Operator {
	case 10: // callsubr
		return ps.LocalSubr(state)
	case 29: // callgsubr
		return ps.GlobalSubr(state)
	case 11: // return
		return state.Return()
	case 14: // endchar
		return ps.ErrInterrupt
	case 1, 18: // hstem, hstemhm
		s.stems.Hstem(state)
	case 3, 23: // vstem, vstemhm
		s.stems.Vstem(state)
	case 19, 20: // hintmask, cntrmask
		s.stems.Hintmask(state)
		return nil
	}
	state.ArgStack.Clear()
	return nil
}

// outlines are the programs of a table "CFF ".
type outlines struct {
	letters, global [][]byte
	local           [][][]byte // of each font of a font for many scripts
	fonts           []byte     // the table that tells which, or nil
	machine         ps.Machine
}

// readCFF finds the programs in a table.
func readCFF(table []byte) (*outlines, error) {
	if len(table) < 4 {
		return nil, errCFF
	}
	at := int(table[2])
	var indexes [4][][]byte // names, top dictionaries, strings, global subroutines
	for i := range indexes {
		var err error
		if indexes[i], at, err = readIndex(table, at); err != nil {
			return nil, err
		}
	}
	if len(indexes[1]) == 0 {
		return nil, errCFF
	}
	c := &outlines{global: indexes[3]}
	top := dictionaryOf(indexes[1][0], ps.TopDict)
	var err error
	if c.letters, _, err = readIndex(table, top.at(dictLetters, 0)); err != nil {
		return nil, err
	}
	dictionaries := [][]byte{indexes[1][0]}
	if at := top.at(dictFonts, 0); at > 0 {
		if dictionaries, _, err = readIndex(table, at); err != nil {
			return nil, err
		}
		if s := top.at(dictSelect, 0); s > 0 && s < len(table) {
			c.fonts = table[s:]
		}
	}
	for _, d := range dictionaries {
		c.local = append(c.local, localSubroutines(table, d))
	}
	return c, nil
}

// localSubroutines gives those that a font's dictionary leads to.
func localSubroutines(table, dictionary []byte) [][]byte {
	d := dictionaryOf(dictionary, ps.TopDict)
	size, at := d.at(dictPrivate, 0), d.at(dictPrivate, 1)
	if size <= 0 || at <= 0 || size > len(table)-at {
		return nil
	}
	private := dictionaryOf(table[at:at+size], ps.PrivateDict)
	offset := private.at(dictSubroutines, 0)
	if offset <= 0 {
		return nil
	}
	subroutines, _, err := readIndex(table, at+offset)
	if err != nil {
		return nil
	}
	return subroutines
}

// fontOf tells by which of its fonts a letter is drawn.
func (c *outlines) fontOf(id int) int {
	f := c.fonts
	switch {
	case len(f) == 0:
		return 0
	case f[0] == 0 && 1+id < len(f):
		return int(f[1+id])
	case f[0] == 3 && len(f) >= 5:
		n := int(binary.BigEndian.Uint16(f[1:]))
		low, high := 0, min(n, (len(f)-3)/3)
		for high-low > 1 { // the range that begins at id or before
			if half := (low + high) / 2; int(binary.BigEndian.Uint16(f[3+3*half:])) <= id {
				low = half
			} else {
				high = half
			}
		}
		if at := 3 + 3*low + 2; at < len(f) {
			return int(f[at])
		}
	}
	return 0
}

// readIndex reads an INDEX and tells where it ends.
func readIndex(table []byte, at int) (entries [][]byte, end int, err error) {
	if at < 0 || at > len(table)-2 {
		return nil, 0, errCFF
	}
	n := int(binary.BigEndian.Uint16(table[at:]))
	if at += 2; n == 0 {
		return nil, at, nil
	}
	if at >= len(table) {
		return nil, 0, errCFF
	}
	size := int(table[at])
	at++
	data := at + size*(n+1) - 1 // offsets count from 1
	if size < 1 || size > 4 || data > len(table) {
		return nil, 0, errCFF
	}
	offset := func(i int) int {
		v := 0
		for _, b := range table[at+size*i : at+size*(i+1)] {
			v = v<<8 | int(b)
		}
		return data + v
	}
	entries = make([][]byte, n)
	for i := range entries {
		from, to := offset(i), offset(i+1)
		if from > to || to > len(table) {
			return nil, 0, errCFF
		}
		entries[i] = table[from:to]
	}
	return entries, offset(n), nil
}
