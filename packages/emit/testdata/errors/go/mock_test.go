package vault

import (
	"context"
	"errors"
	"testing"

	grout "example.com/acme/grout-go"
)

func TestAMockStandsInForTheService(t *testing.T) {
	client := NewWith(&Mock{OpenFunc: func(_ context.Context, req OpenRequest) (OpenResponse, error) {
		if req.How == "bare" {
			return OpenResponse{}, ErrStaleKey
		}
		return OpenResponse{Calls: 7}, nil
	}})
	if resp, err := client.Open(t.Context(), OpenRequest{}); err != nil || resp.Calls != 7 {
		t.Errorf("got %+v, %v", resp, err)
	}
	_, err := client.Open(t.Context(), OpenRequest{How: "bare"})
	var failure *grout.Error
	if !errors.Is(err, ErrStaleKey) || !errors.As(err, &failure) || failure.Retry != grout.RetryAfterRefresh {
		t.Errorf("got %v", err)
	}
}

func TestAMethodThatIsNotMockedSaysSo(t *testing.T) {
	_, err := NewWith(&Mock{}).Audit(t.Context(), OpenRequest{})
	if !errors.Is(err, grout.ErrUnimplemented) {
		t.Fatalf("got %v", err)
	}
	if got, want := err.Error(), "Vault.Audit: UNIMPLEMENTED: Mock.AuditFunc is not set"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
