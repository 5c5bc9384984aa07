package cli

import (
	"strconv"
	"time"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

func (c *command) credits() *cobra.Command {
	return group("credits", "What can be spent, and what was",
		c.creditsShow(), c.creditsSync(), c.creditsHistory(), c.creditsReserve())
}

// creditsJSON is the documented form of the balance.
type creditsJSON struct {
	Plan      string `json:"plan"`
	Unlimited bool   `json:"unlimited"`
	Balance   *int   `json:"balance"`   // null when unlimited
	Spendable *int   `json:"spendable"` // null when unlimited
	OnDevice  *int   `json:"on_device"` // null when unlimited
	Pending   int    `json:"pending"`
	AsOf      string `json:"as_of"` // "" before the first contact
	Unsynced  int    `json:"unsynced"`
	Reserve   int    `json:"reserve"`
	Elsewhere int    `json:"elsewhere"` // on the account's other computers
	Frozen    string `json:"frozen"`    // why nothing can be spent here; "" as a rule
	Server    string `json:"server"`    // "" for the embedded account
	Reached   bool   `json:"reached"`   // else all this is as of AsOf
}

func balanceJSON(b workshop.Balance, at workshop.Contact) creditsJSON {
	out := creditsJSON{
		Plan: b.Plan, Unlimited: b.Unlimited, Pending: b.Pending, Unsynced: b.Unsynced, Reserve: b.Reserve,
		Frozen: b.Frozen, Server: at.Server, Reached: at.Reached,
	}
	for _, e := range b.Elsewhere {
		out.Elsewhere += e.Credits
	}
	if !b.Unlimited {
		out.Balance, out.Spendable, out.OnDevice = &b.Balance, &b.Spendable, &b.OnDevice
	}
	if !b.AsOf.IsZero() {
		out.AsOf = b.AsOf.UTC().Format(time.RFC3339)
	}
	return out
}

func (c *command) creditsShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show plan and balance", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			p, err := w.Credits(cmd.Context())
			if err != nil {
				return err
			}
			c.purse(p)
			return nil
		},
	}
}

func (c *command) creditsSync() *cobra.Command {
	return &cobra.Command{
		Use: "sync", Short: "Settle with the account server now", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			p, err := w.Sync(cmd.Context())
			if err != nil {
				return err
			}
			c.purse(p)
			return nil
		},
	}
}

func (c *command) creditsReserve() *cobra.Command {
	return &cobra.Command{
		Use: "reserve N", Short: "Keep N credits on this computer, for work offline", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.Atoi(args[0])
			if err != nil {
				return usage("%q: give a number of credits", args[0])
			}
			w, err := c.workshop()
			if err != nil {
				return err
			}
			p, err := w.Reserve(cmd.Context(), n)
			if err != nil {
				return err
			}
			c.purse(p)
			return nil
		},
	}
}

func (c *command) creditsHistory() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "history", Short: "List what was charged on this computer, the newest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			charges, err := w.History(cmd.Context(), limit)
			if err != nil {
				return err
			}
			type entry struct {
				Charge  string `json:"charge"`
				At      string `json:"at"`
				Credits int    `json:"credits"`
				State   string `json:"state"`
				Format  string `json:"format"`
				What    string `json:"what"`
				Repeats string `json:"repeats,omitempty"`
			}
			entries := []entry{}
			for _, h := range charges {
				entries = append(entries, entry{string(h.ID), h.At.UTC().Format(time.RFC3339), h.Amount, string(h.State), h.Format, h.Label, string(h.Repeats)})
			}
			if c.json {
				c.print(map[string]any{"charges": entries})
				return nil
			}
			for _, e := range entries {
				c.say("%s  %s  %d  %-7s %-5s %s", e.At, e.Charge, e.Credits, e.State, e.Format, e.What)
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "how many to list")
	return cmd
}

// purse shows the balance and what was settled on the way.
func (c *command) purse(p workshop.Purse) {
	if c.json {
		c.print(balanceJSON(p.Balance, p.Contact))
		return
	}
	c.recovered(p.Recovery.Notes, p.Recovery.Made, p.Recovery.Voided)
	b := p.Balance
	if b.Unlimited {
		c.say("∞ credits, plan %s", b.PlanName)
	} else {
		c.say("%s, plan %s; %d on this computer", plural(b.Balance, "credit"), b.PlanName, b.OnDevice)
	}
	for _, e := range b.Elsewhere {
		if e.Credits > 0 {
			c.say("%s of these on another computer (%s)", plural(e.Credits, "credit"), e.Name)
		}
	}
	if b.Unsynced > 0 {
		c.say("%s not yet synced", entries(b.Unsynced))
	}
	c.notReached(b, p.Contact)
	if b.Frozen != "" {
		c.tell("note: %s; to start anew, run mapwright account renew", b.Frozen)
	}
}

// entries counts entries of the journal.
func entries(n int) string {
	if n == 1 {
		return "1 entry of the journal"
	}
	return strconv.Itoa(n) + " entries of the journal"
}

// notReached says that the account server did not answer, and what follows.
func (c *command) notReached(b workshop.Balance, at workshop.Contact) {
	if at.Reached {
		return
	}
	asOf := "the account was never asked"
	if !b.AsOf.IsZero() {
		asOf = "the balance is as of " + b.AsOf.UTC().Format(time.RFC3339)
	}
	c.tell("note: the account server can't be reached: %s; what was spent is settled when it answers", asOf)
}

// recovered says what was finished of exports that were cut off.
func (c *command) recovered(notes []string, made, voided int) {
	if made > 0 {
		c.tell("Picked up after a crash: %s put in place", plural(made, "export"))
	}
	if voided > 0 {
		c.tell("Picked up after a crash: %s not made and not charged", plural(voided, "export"))
	}
	for _, n := range notes {
		c.tell("note: %s", n)
	}
}
