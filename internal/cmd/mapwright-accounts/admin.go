package main

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/spf13/cobra"
)

// admin holds what people do who run the server. It works beside a running
// one, on the same database.
func (c *command) admin() *cobra.Command {
	admin := &cobra.Command{
		Use: "admin", Short: "Look after accounts", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return c.usage("say what to do, see mapwright-accounts admin --help")
		},
	}
	admin.PersistentFlags().BoolVar(&c.json, "json", false, "print JSON")
	admin.AddCommand(
		c.list(),
		c.act("find EMAIL", "Show an account", 1, c.find),
		c.act("plan EMAIL PLAN", "Put an account on a plan", 2, c.plan),
		c.act("confirm EMAIL", "Note that the email is its person's", 1, c.confirm),
		c.act("refund EMAIL CHARGE", "Give the credits of a charge back", 2, c.refund),
		c.act("sessions EMAIL", "List the sessions of an account", 1, c.sessions),
		c.revoke(),
		c.books(),
	)
	return admin
}

// person is the account that a command is about.
type person struct {
	*accountserver.Opened
	id   account.AccountID
	rest []string
}

// act is a command on the account of its first argument, an email.
func (c *command) act(use, short string, args int, do func(context.Context, person) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(args),
		RunE: func(cmd *cobra.Command, args []string) error { return c.on(cmd.Context(), args, do) },
	}
}

func (c *command) on(ctx context.Context, args []string, do func(context.Context, person) error) error {
	return c.with(ctx, func(server *accountserver.Opened) error {
		id, err := server.AccountOf(ctx, args[0])
		if err != nil {
			return err
		}
		return do(ctx, person{Opened: server, id: id, rest: args[1:]})
	})
}

// accountJSON is an account as admin prints it.
type accountJSON struct {
	Account   account.AccountID `json:"account"`
	Email     string            `json:"email"`
	Confirmed bool              `json:"confirmed"`
	Created   account.Instant   `json:"created_at"`
}

func accountOf(p accountserver.Credential) accountJSON {
	return accountJSON{p.Account, p.Email, p.ConfirmedAt != 0, account.InstantOf(p.CreatedAt)}
}

func (a accountJSON) String() string {
	return fmt.Sprintf("%s  %s  since %s  confirmed %t", a.Account, a.Email, a.Created, a.Confirmed)
}

func (c *command) list() *cobra.Command {
	var after string
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "List accounts by email", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(server *accountserver.Opened) error {
				people, err := server.Credentials(cmd.Context(), after, limit)
				if err != nil {
					return err
				}
				all, lines := make([]accountJSON, len(people)), make([]string, len(people))
				for i, p := range people {
					all[i] = accountOf(p)
					lines[i] = all[i].String()
				}
				return c.answer(all, lines...)
			})
		},
	}
	cmd.Flags().StringVar(&after, "after", "", "begin behind this email")
	cmd.Flags().IntVar(&limit, "limit", 100, "how many at most")
	return cmd
}

func (c *command) find(ctx context.Context, p person) error {
	who, _, err := p.Credential(ctx, p.id)
	if err != nil {
		return err
	}
	status, err := p.Session(p.id).Status(ctx)
	if err != nil {
		return err
	}
	books, err := p.Books(ctx, p.id)
	if err != nil {
		return err
	}
	a := accountOf(who)
	return c.answer(struct {
		accountJSON
		Status account.Status      `json:"status"`
		Books  accountserver.Books `json:"books"`
	}{a, status, books}, a.String(), statusLine(status), booksLine(books))
}

func statusLine(s account.Status) string {
	if s.Unlimited {
		return fmt.Sprintf("plan %s, unlimited", s.Plan)
	}
	return fmt.Sprintf("plan %s, %d credits: %d available, %d on computers", s.Plan, s.Balance(), s.Available, s.Balance()-s.Available)
}

func booksLine(b accountserver.Books) string {
	return fmt.Sprintf("granted %d + suspense %d = available %d + escrow %d + posted %d + expired %d + forfeited %d; unlimited %d",
		b.Granted, b.Suspense, b.Available, b.Escrow, b.Posted, b.Expired, b.Forfeited, b.Unlimited)
}

func (c *command) plan(ctx context.Context, p person) error {
	status, err := p.SetPlan(ctx, p.id, p.rest[0])
	if err != nil {
		return err
	}
	return c.answer(status, statusLine(status))
}

func (c *command) confirm(ctx context.Context, p person) error {
	if err := p.ConfirmEmail(ctx, p.id); err != nil {
		return err
	}
	return c.find(ctx, p)
}

func (c *command) refund(ctx context.Context, p person) error {
	charge, err := account.ParseChargeID(p.rest[0])
	if err != nil {
		return err
	}
	if err := p.Refund(ctx, p.id, charge); err != nil {
		return err
	}
	return c.find(ctx, p)
}
