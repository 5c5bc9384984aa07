package account

import (
	"fmt"
	"strings"
)

// ChargeID is the number of a charge, as a person reads it out: MW-7K3F-21.
//
// The four characters are the tag of its lease, which no other lease of the
// account has. Behind the second dash stand the number of its HOLD voucher in
// that lease and a check character. The alphabet is Crockford's base 32:
// digits and capitals without I, L, O and U.
type ChargeID string

// alphabet is Crockford's (https://www.crockford.com/base32.html).
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	numberPrefix = "MW-"
	tagLength    = 4
)

// NumberOf is the number of the charge whose HOLD is voucher seq of the lease.
func NumberOf(lease LeaseID, seq int64) ChargeID {
	count := base32(seq)
	return ChargeID(numberPrefix + lease.Tag() + "-" + count + string(checkCharacter(lease.Tag()+count)))
}

// ParseChargeID reads a number as a person types it: small letters, o for 0, i
// and l for 1, missing dashes, spaces; MW has to be there. One wrong character or two swapped ones
// are an error, never another charge.
func ParseChargeID(s string) (ChargeID, error) {
	plain, err := plainNumber(s)
	if err != nil {
		return "", err
	}
	body, check := plain[:len(plain)-1], plain[len(plain)-1]
	if checkCharacter(body) != check {
		return "", fmt.Errorf("%q is no charge number: a character is wrong or two are swapped", s)
	}
	id := ChargeID(numberPrefix + body[:tagLength] + "-" + body[tagLength:] + string(check))
	if body[tagLength] == '0' {
		return "", fmt.Errorf("%q is no charge number", s)
	}
	return id, nil
}

// plainNumber takes everything from a typed number that is not a character of
// the alphabet.
func plainNumber(s string) (string, error) {
	t, found := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "MW")
	if !found {
		return "", fmt.Errorf("%q is no charge number: they begin with MW", s)
	}
	var b strings.Builder
	for _, r := range t {
		switch {
		case r == '-' || r == ' ':
		case r == 'O':
			b.WriteByte('0')
		case r == 'I' || r == 'L':
			b.WriteByte('1')
		case strings.ContainsRune(alphabet, r):
			b.WriteRune(r)
		default:
			return "", fmt.Errorf("%q is no charge number: it has no place for %q", s, r)
		}
	}
	if n := b.Len(); n < tagLength+2 || n > tagLength+4 {
		return "", fmt.Errorf("%q is no charge number: one looks like MW-7K3F-21", s)
	}
	return b.String(), nil
}

// check refuses every writing but the one of NumberOf.
func (id ChargeID) check() error {
	got, err := ParseChargeID(string(id))
	if err != nil {
		return err
	}
	if got != id {
		return fmt.Errorf("the charge number %s is written %q", got, string(id))
	}
	return nil
}

func base32(n int64) string {
	s := ""
	for ; n > 0; n >>= 5 {
		s = string(alphabet[n&31]) + s
	}
	return s
}

// checkCharacter makes the sum of all characters, each times a power of the
// generator of GF(32) (x⁵+x²+1), zero. The powers are all different, so one
// wrong character and any two swapped ones always change the sum.
func checkCharacter(body string) byte {
	sum, weight := byte(0), byte(2)
	for i := len(body) - 1; i >= 0; i-- {
		sum ^= multiply(weight, byte(strings.IndexByte(alphabet, body[i])))
		weight = multiply(weight, 2)
	}
	return alphabet[sum]
}

// multiply is the product in GF(32).
func multiply(a, b byte) byte {
	product := byte(0)
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			product ^= a
		}
		a <<= 1
		if a&32 != 0 {
			a ^= 0b100101
		}
	}
	return product
}
