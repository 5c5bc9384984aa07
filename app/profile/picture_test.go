package profile

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// pictures is where the pictures of the whole go, for looking at.
func pictures(t *testing.T) string {
	if dir := os.Getenv("MAPWRIGHT_PICTURES"); dir != "" {
		return dir
	}
	return t.TempDir()
}

func operation(layer, _ string) (artwork.Operation, bool) {
	o, ok := map[string]artwork.Operation{"harbour": artwork.Cut, "streets": artwork.Score}[layer]
	return o, ok
}

func TestPictures(t *testing.T) {
	dir := pictures(t)
	for name, mode := range map[string]look.Mode{"light": look.Light, "dark": look.Dark} {
		save := func(what string, b *bench) {
			b.grow()
			savePicture(t, filepath.Join(dir, what+"-"+name+".png"), b.win.Canvas().Capture())
		}
		purse := lena()
		purse.Balance.Unsynced, purse.Balance.Pending = 4, 2
		s := &shop{purse: purse, charges: append(waitingCharges(2), charge("rail", "Monaco", "svg", 9), charge("water", "Monaco", "svg", 3)), settings: workshop.Settings{Name: "Lena Kraus", Theme: workshop.Theme(mode)}}
		b := openIn(t, mode, fyne.NewSize(900, 860), s, Options{Operation: operation})
		b.openMenu()
		save("menu", b)
		b.press("What are credits?")
		save("about", b)
		b.corner.win.Canvas().Overlays().Top().(*floating).close()
		b.corner.pastExports()
		b.until("the list", func() bool { return b.top() != nil })
		save("past", b)
		b.top().(*floating).close()
		b.corner.preferences()
		save("settings", b)
		b.top().(*floating).close()
		in := b.corner.signing(true)
		in.submit()
		save("sign-up", b)
		b.top().(*floating).close()
		b.corner.askReserve(purse.Balance)
		save("take-more", b)
		b.top().(*floating).close()

		over := lena()
		over.Contact.Session = workshop.SessionOver
		b = openIn(t, mode, fyne.NewSize(900, 600), &shop{purse: over, charges: waitingCharges(1)}, Options{})
		b.openMenu()
		save("over", b)

		b = openIn(t, mode, fyne.NewSize(900, 860), &shop{purse: builtIn(), account: workshop.Account{Plans: plans()}}, Options{})
		b.openMenu()
		b.until("the plans", func() bool { return len(b.corner.menu.account.Plans) > 0 })
		save("built-in", b)
		b.press("Upgrade")
		b.until("the plans", func() bool { return b.top() != nil })
		save("plans", b)
	}
}

// TestStatesOfTheCorner draws the row of states of the design.
func TestStatesOfTheCorner(t *testing.T) {
	waiting := func(p workshop.Purse) workshop.Purse {
		p.Balance.Unsynced = 4
		return p
	}
	spendable := func(n int) workshop.Purse {
		p := lena()
		p.Balance.Spendable = n
		return p
	}
	unlimited := lena()
	unlimited.Balance.Unlimited, unlimited.Balance.Spendable = true, 0
	none := workshop.Purse{Contact: workshop.Contact{Server: "https://accounts.example", Session: workshop.SessionNone}}
	states := []workshop.Purse{
		spendable(14), waiting(spendable(14)), spendable(2), spendable(0), waiting(offline(lena())),
		unlimited, offline(unlimited), builtIn(), none, spendable(12345),
	}
	dir := pictures(t)
	for name, mode := range map[string]look.Mode{"light": look.Light, "dark": look.Dark} {
		b := openIn(t, mode, fyne.NewSize(1300, 60), &shop{purse: lena(), settings: workshop.Settings{Name: "Lena Kraus", Theme: workshop.Theme(mode)}}, Options{})
		row := container.NewHBox()
		for _, p := range states {
			c := &Corner{win: b.win, loop: b.corner.loop, shop: b.shop, o: b.corner.o, facts: facts{known: true, purse: p}}
			c.settings = b.corner.settings
			c.ExtendBaseWidget(c)
			row.Add(container.NewCenter(c))
		}
		b.win.SetContent(row)
		savePicture(t, filepath.Join(dir, "corner-"+name+".png"), b.win.Canvas().Capture())
	}
}
