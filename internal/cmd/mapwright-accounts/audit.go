package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/spf13/cobra"
)

func (c *command) sessions(ctx context.Context, p person) error {
	records, err := p.Sessions(ctx, p.id)
	if err != nil {
		return err
	}
	all, lines := make([]account.SessionInfo, len(records)), make([]string, len(records))
	for i, r := range records {
		all[i] = account.SessionInfo{
			ID: r.ID.String(), Kind: string(r.Kind), CreatedAt: account.InstantOf(r.CreatedAt),
			UsedAt: account.InstantOf(r.UsedAt), ExpiresAt: account.InstantOf(r.ExpiresAt),
		}
		lines[i] = fmt.Sprintf("%s  %s  since %s  used %s  until %s", all[i].ID, all[i].Kind, all[i].CreatedAt, all[i].UsedAt, all[i].ExpiresAt)
	}
	return c.answer(all, lines...)
}

func (c *command) revoke() *cobra.Command {
	return &cobra.Command{
		Use: "revoke EMAIL [SESSION]", Short: "End one session of an account, or all", Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.on(cmd.Context(), args, func(ctx context.Context, p person) error {
				if err := end(ctx, p); err != nil {
					return err
				}
				return c.sessions(ctx, p)
			})
		},
	}
}

func end(ctx context.Context, p person) error {
	if len(p.rest) == 0 {
		return p.RevokeSessions(ctx, p.id)
	}
	id, err := accountserver.ParseSessionID(p.rest[0])
	if err != nil {
		return err
	}
	return p.RevokeSession(ctx, p.id, id)
}

// page is how many accounts are read at once.
const page = 500

func (c *command) books() *cobra.Command {
	return &cobra.Command{
		Use: "books", Short: "Check the books of all accounts", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(server *accountserver.Opened) error { return c.audit(cmd.Context(), server) })
		},
	}
}

// audit checks every account, also behind one whose books do not agree.
func (c *command) audit(ctx context.Context, server *accountserver.Opened) error {
	var wrong error
	var sum accountserver.Books
	accounts := 0
	for after := ""; ; {
		people, err := server.Credentials(ctx, after, page)
		if err != nil {
			return err
		}
		for _, p := range people {
			books, err := server.Books(ctx, p.Account)
			if err != nil && !errors.Is(err, accountserver.ErrBooks) {
				return err
			}
			wrong = errors.Join(wrong, err)
			sum = add(sum, books)
			accounts, after = accounts+1, p.Email
		}
		if len(people) < page {
			break
		}
	}
	if wrong != nil {
		return wrong
	}
	return c.answer(struct {
		Accounts int                 `json:"accounts"`
		Books    accountserver.Books `json:"books"`
	}{accounts, sum}, fmt.Sprintf("the books of %d accounts agree", accounts), booksLine(sum))
}

func add(a, b accountserver.Books) accountserver.Books {
	return accountserver.Books{
		Granted: a.Granted + b.Granted, Suspense: a.Suspense + b.Suspense, Available: a.Available + b.Available,
		Escrow: a.Escrow + b.Escrow, Posted: a.Posted + b.Posted, Expired: a.Expired + b.Expired,
		Forfeited: a.Forfeited + b.Forfeited, Unlimited: a.Unlimited + b.Unlimited,
	}
}
