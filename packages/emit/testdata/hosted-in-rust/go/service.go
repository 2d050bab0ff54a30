package ledger

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// accounts implements the service in memory.
type accounts struct {
	mutex    sync.Mutex
	balances map[string]int64
}

// NewService makes a ledger with one account, which is called cash.
func NewService() Service {
	return &accounts{balances: map[string]int64{"cash": 0}}
}

func (a *accounts) Post(ctx context.Context, req PostRequest) (Balance, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	amount, isKnown := a.balances[req.Account]
	if req.Account == "frozen" {
		return Balance{}, ErrFrozen.New("not today").RetryIn(time.Minute).CausedBy(fmt.Errorf("the books are closed"))
	}
	if !isKnown {
		return Balance{}, ErrNoAccount.New("unknown").With("account", req.Account)
	}
	balance := Balance{At: req.At, Labels: map[string]string{}, Place: req.Place}
	for _, entry := range req.Entries {
		amount += entry.Amount
		balance.Receipts = append(balance.Receipts, entry.Receipt...)
		for key, value := range entry.Labels {
			balance.Labels[key] = value
		}
	}
	a.balances[req.Account] = amount
	balance.Amount = amount
	if deadline, hasDeadline := ctx.Deadline(); hasDeadline {
		left := time.Until(deadline)
		balance.Left = &left
	}
	return balance, nil
}

func (a *accounts) Wait(ctx context.Context, _ WaitRequest) (Balance, error) {
	<-ctx.Done()
	return Balance{}, ctx.Err()
}

func (a *accounts) Break(context.Context, BreakRequest) (Balance, error) {
	panic("on purpose")
}
