package pricing

import (
	"context"
	"errors"
	"math"
	"testing"

	grout "example.com/acme/grout-go"
)

// These tests run against Rust, and with -tags grout_mock against the fake: both must behave the same.

func connected(t *testing.T) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestAdd(t *testing.T) {
	resp, err := connected(t).Add(t.Context(), AddRequest{Left: 2, Right: 3})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Sum != 5 {
		t.Errorf("2 + 3 = %d, want 5", resp.Sum)
	}
}

func TestAddOverflows(t *testing.T) {
	_, err := connected(t).Add(t.Context(), AddRequest{Left: math.MaxInt64, Right: 1})
	if !errors.Is(err, ErrOverflow) {
		t.Errorf("got %v, want ErrOverflow", err)
	}
}

func TestGreet(t *testing.T) {
	resp, err := connected(t).Greet(t.Context(), GreetRequest{Name: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Text != "Hello, Ada!" {
		t.Errorf("got %q", resp.Text)
	}
}

func TestGreetNeedsAName(t *testing.T) {
	_, err := connected(t).Greet(t.Context(), GreetRequest{})
	var failure *grout.Error
	if !errors.Is(err, ErrEmptyName) || !errors.As(err, &failure) {
		t.Fatalf("got %v, want ErrEmptyName", err)
	}
	if failure.Name != "EMPTY_NAME" || failure.Message == "" || failure.Hint == "" {
		t.Errorf("got %+v, want a code with message and hint", failure)
	}
}

func TestInspect(t *testing.T) {
	client, payload := connected(t), []byte("abcdef")
	resp, err := client.Inspect(t.Context(), InspectRequest{Payload: payload, Window: &Window{Offset: 1, Length: 2}})
	if err != nil {
		t.Fatal(err)
	}
	want := Summary{Size: 2, Checksum: 'b'<<5 ^ 'c', Text: true}
	if resp.Summary == nil || *resp.Summary != want || string(resp.Excerpt) != "bc" {
		t.Errorf("got %+v and %q, want %+v", resp.Summary, resp.Excerpt, want)
	}
	_, err = client.Inspect(t.Context(), InspectRequest{Payload: payload, Window: &Window{Offset: 5, Length: 2}})
	if !errors.Is(err, ErrOutOfRange) {
		t.Errorf("got %v, want ErrOutOfRange", err)
	}
}

func TestACanceledCallDoesNotStart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := connected(t).Add(ctx, AddRequest{Left: 2, Right: 3})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}
