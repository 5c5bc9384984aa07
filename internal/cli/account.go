package cli

import (
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

func (c *command) account() *cobra.Command {
	status := &cobra.Command{
		Use: "status", Short: "Show the account", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			a, err := w.AccountStatus(cmd.Context())
			if err != nil {
				return err
			}
			c.accountSaid(a)
			return nil
		},
	}
	plan := &cobra.Command{
		Use: "plan [NAME]", Short: "List the plans, or change to one", Args: cobra.MaximumNArgs(1),
		Long: "Lists the plans, or changes to one: trial, hobby or creator. The account is the\none built into the program, for people without an account elsewhere.",
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			var a workshop.Account
			if len(args) == 1 {
				a, err = w.ChangePlan(cmd.Context(), args[0])
			} else {
				a, err = w.AccountStatus(cmd.Context())
			}
			if err != nil {
				return err
			}
			c.accountSaid(a)
			return nil
		},
	}
	renew := &cobra.Command{
		Use: "renew", Short: "Start the credits of this computer anew after they were frozen", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			p, err := w.Renew(cmd.Context())
			if err != nil {
				return err
			}
			c.purse(p)
			return nil
		},
	}
	return group("account", "The account and its plan", status, plan, renew)
}

func (c *command) accountSaid(a workshop.Account) {
	type planJSON struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		Unlimited bool   `json:"unlimited"`
		Allowance int    `json:"allowance"`
		Once      bool   `json:"once"`
	}
	if c.json {
		plans := []planJSON{}
		for _, p := range a.Plans {
			plans = append(plans, planJSON{p.ID, p.Name, p.Unlimited, p.Allowance, p.Once})
		}
		c.print(map[string]any{"account": string(a.Status.Account), "plan": a.Status.Plan, "unlimited": a.Status.Unlimited, "expired": a.Expired, "plans": plans})
		return
	}
	if a.Expired > 0 {
		c.tell("note: %s of %s expired; a plan's credits come once a period", plural(a.Expired, "credit"), a.Before)
	}
	for _, p := range a.Plans {
		mark, grants := " ", "unlimited"
		if p.ID == a.Status.Plan {
			mark = "*"
		}
		switch {
		case p.Once:
			grants = plural(p.Allowance, "credit") + ", once"
		case !p.Unlimited:
			grants = plural(p.Allowance, "credit") + " a month"
		}
		c.say("%s %-8s %s", mark, p.ID, grants)
	}
}
