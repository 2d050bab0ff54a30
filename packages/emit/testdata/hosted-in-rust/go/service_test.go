package ledger

import (
	"errors"
	"testing"
)

func TestPost(t *testing.T) {
	service := NewService()
	got, err := service.Post(t.Context(), PostRequest{Account: "cash", Entries: []Entry{{Amount: 2}, {Amount: 3}}})
	if err != nil || got.Amount != 5 {
		t.Errorf("got %+v and %v", got, err)
	}
	if _, err := service.Post(t.Context(), PostRequest{Account: "x"}); !errors.Is(err, ErrNoAccount) {
		t.Errorf("got %v, want ErrNoAccount", err)
	}
}
