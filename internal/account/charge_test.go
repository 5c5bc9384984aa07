package account_test

import (
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
	"pgregory.net/rapid"
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func number(t *rapid.T) account.ChargeID {
	var id account.LeaseID
	copy(id[:], rapid.SliceOfN(rapid.Byte(), len(id), len(id)).Draw(t, "lease"))
	return account.NumberOf(id, rapid.Int64Range(1, account.MaxVouchers).Draw(t, "seq"))
}

// positions of the characters that are not prefix or dash.
func positions(id account.ChargeID) []int {
	var at []int
	for i := len("MW-"); i < len(id); i++ {
		if id[i] != '-' {
			at = append(at, i)
		}
	}
	return at
}

func TestOneWrongCharacterIsNeverAnotherCharge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := number(t)
		for _, at := range positions(id) {
			for _, c := range []byte(crockford) {
				wrong := string(id[:at]) + string(c) + string(id[at+1:])
				if got, err := account.ParseChargeID(wrong); (err == nil) != (wrong == string(id)) {
					t.Fatalf("%s was read from %s: %s, %v", id, wrong, got, err)
				}
			}
		}
	})
}

func TestTwoSwappedCharactersAreNeverAnotherCharge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := number(t)
		for _, i := range positions(id) {
			for _, j := range positions(id) {
				wrong := []byte(id)
				wrong[i], wrong[j] = wrong[j], wrong[i]
				if got, err := account.ParseChargeID(string(wrong)); (err == nil) != (string(wrong) == string(id)) {
					t.Fatalf("%s was read from %s: %s, %v", id, wrong, got, err)
				}
			}
		}
	})
}

func TestNumberIsReadAsAPersonTypesIt(t *testing.T) {
	t.Parallel()
	id := account.NumberOf(account.LeaseID{0x00, 0x08, 0x73}, 32)
	plain := strings.ReplaceAll(string(id), "-", "")
	for name, typed := range map[string]string{
		"as printed":        string(id),
		"small letters":     strings.ToLower(string(id)),
		"without dashes":    plain,
		"spaces for dashes": strings.ReplaceAll(string(id), "-", " "),
		"O for 0":           "MW" + strings.ReplaceAll(plain[2:], "0", "O"),
		"l for 1":           "mw" + strings.ReplaceAll(plain[2:], "1", "l"),
		"blanks around":     "  " + string(id) + "\n",
		"i for 1, o for 0":  "mw" + strings.NewReplacer("1", "i", "0", "o").Replace(plain[2:]),
	} {
		if got, err := account.ParseChargeID(typed); err != nil || got != id {
			t.Errorf("%s: %q is read as %q, %v; it is %s", name, typed, got, err, id)
		}
	}
	for _, wrong := range []string{"", "MW", "MW-7K3F", "7K3F-21", "MW-7K3F-U1", "MW-7K3F-2111111", "MW-7K3F-é1", "MW-0000-00"} {
		if got, err := account.ParseChargeID(wrong); err == nil {
			t.Errorf("%q is read as %s", wrong, got)
		}
	}
}

func TestNumbersOfALeaseAreAllDifferent(t *testing.T) {
	t.Parallel()
	seen := map[account.ChargeID]bool{}
	lease := account.LeaseID{0x7c, 0x5f, 0x3a}
	for seq := int64(1); seq <= account.MaxVouchers; seq++ {
		id := account.NumberOf(lease, seq)
		if seen[id] || !strings.HasPrefix(string(id), "MW-"+lease.Tag()+"-") || len(id) > len("MW-7K3F-211") {
			t.Fatalf("%s at %d", id, seq)
		}
		seen[id] = true
	}
}
