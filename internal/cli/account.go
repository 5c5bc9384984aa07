package cli

import (
	"context"
	"os"

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
		Long: "Lists the plans, or changes to one: trial, hobby or creator. Only the account\nbuilt into the program changes its plan here.",
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
	return group("account", "The account and its plan",
		c.signs("sign-up", "Open an account at an account server and sign in", (*workshop.Workshop).SignUp),
		c.signs("sign-in", "Sign in at an account server", (*workshop.Workshop).SignIn),
		c.signOut(), status, plan, c.renew())
}

// signs is a command that takes an email and a password, which stands in a
// variable: arguments can be read by everybody on this computer.
func (c *command) signs(use, short string, sign func(*workshop.Workshop, context.Context, string, string) (workshop.Account, error)) *cobra.Command {
	var email, variable string
	cmd := &cobra.Command{
		Use: use + " --email EMAIL --password-env VARIABLE", Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if email == "" || variable == "" {
				return usage("account %s: give --email EMAIL and --password-env VARIABLE", use)
			}
			password := os.Getenv(variable)
			if password == "" {
				return usage("--password-env %s: this variable is empty; put the password into it", variable)
			}
			w, err := c.workshop()
			if err != nil {
				return err
			}
			a, err := sign(w, cmd.Context(), email, password)
			if err != nil {
				return err
			}
			c.accountSaid(a)
			return nil
		},
	}
	cmd.Flags().StringVar(&email, "email", "", "whose account")
	cmd.Flags().StringVar(&variable, "password-env", "", "name of the variable that holds the password")
	return cmd
}

func (c *command) signOut() *cobra.Command {
	return &cobra.Command{
		Use: "sign-out", Short: "Settle, and forget the session on this computer", Args: cobra.NoArgs,
		Long: "Settles and forgets the session. Credits on this computer stay for the next\nsign-in; credits reserve 0 gives them back before.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			out, err := w.SignOut(cmd.Context())
			if err != nil {
				return err
			}
			if c.json {
				c.print(map[string]any{"server": out.Server, "email": out.Email, "unsynced": out.Unsynced, "reached": out.Reached})
				return nil
			}
			c.say("%s is signed out of %s", out.Email, out.Server)
			if !out.Reached {
				c.tell("note: the account server could not be told: the session goes on there until it ends")
			}
			if out.Unsynced > 0 {
				c.tell("note: %s not yet synced: sign in again to settle", entries(out.Unsynced))
			}
			return nil
		},
	}
}

// renew starts a frozen purse anew.
func (c *command) renew() *cobra.Command {
	return &cobra.Command{
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
		c.print(map[string]any{
			"account": string(a.Status.Account), "plan": a.Status.Plan, "unlimited": a.Status.Unlimited,
			"expired": a.Expired, "plans": plans, "server": a.Server, "email": a.Status.Email,
		})
		return
	}
	if a.Expired > 0 {
		c.tell("note: %s of %s expired; a plan's credits come once a period", plural(a.Expired, "credit"), a.Before)
	}
	if a.Server != "" {
		c.say("%s at %s", a.Status.Email, a.Server)
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
