package depot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unsafe"

	"example.com/acme/grout-go"
)

// ownService answers without the generated mock.
type ownService struct {
	Service
	store func(StoreRequest) (StoreResponse, error)
}

func (s ownService) Store(_ context.Context, req StoreRequest) (StoreResponse, error) {
	return s.store(req)
}

// Proves O22 of a service that somebody wrote: it has the buffer. Expected: that of the caller is closed, and the memory
// lives until the service frees it.
func TestAServiceOfOnesOwnHasTheBuffer(t *testing.T) {
	grout.CheckLeaks(t)
	var kept *grout.Buffer
	client := NewWith(ownService{store: func(req StoreRequest) (StoreResponse, error) {
		kept = req.Body
		return StoreResponse{}, nil
	}})
	given := grout.NewGoBuffer("depot.v1", 4, 64)
	copy(given.Bytes(), "kept")
	if _, err := client.Store(t.Context(), StoreRequest{Body: given}); err != nil {
		t.Fatal(err)
	}
	if err := given.Release(); !errors.Is(err, grout.ErrClosed) || string(kept.Bytes()) != "kept" {
		t.Errorf("got %v, %q", err, kept.Bytes())
	}
	if err := kept.Release(); err != nil {
		t.Error(err)
	}
}

// filled is a buffer with these bytes, of Rust or of Go, as the program is built.
func filled(t *testing.T, bytes string) *grout.Buffer {
	t.Helper()
	buffer, err := NewBuffer(len(bytes))
	if err != nil {
		t.Fatal(err)
	}
	copy(buffer.Bytes(), bytes)
	return buffer
}

// Proves O24, the buffers of the mock. Expected: who answers sees an aligned copy, which the mock keeps as well.
func TestAMockTakesBuffers(t *testing.T) {
	grout.CheckLeaks(t)
	mock := NewMock(t)
	var seen *grout.Buffer
	mock.ExpectStore(StoreRequest{Body: grout.BufferOf([]byte("body"))}).Do(
		func(_ context.Context, req StoreRequest) (StoreResponse, error) {
			seen = req.Body
			return StoreResponse{}, nil
		})
	body, seal := filled(t, "body"), filled(t, "")
	client := NewWith(mock)
	if _, err := client.Store(t.Context(), StoreRequest{Body: body, Seal: seal}); err != nil {
		t.Error(err)
	}
	if string(seen.Bytes()) != "body" || uintptr(unsafe.Pointer(unsafe.SliceData(seen.Bytes())))%64 != 0 {
		t.Errorf("got %q", seen.Bytes())
	}
	if calls := mock.StoreCalls(); len(calls) != 1 || string(calls[0].Body.Bytes()) != "body" || calls[0].Seal != nil {
		t.Errorf("got %v", calls)
	}
	for name, service := range map[string]Service{"a client": client.service, "the mock itself": mock} {
		_, err := service.Store(t.Context(), StoreRequest{Body: body})
		if !errors.Is(err, grout.ErrClosed) || !strings.Contains(err.Error(), "body: this buffer of 4 bytes is closed") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// checkMock gives a mock what NewBuffer makes, be it memory of Rust or of Go.
func checkMock(t *testing.T) {
	t.Helper()
	grout.CheckLeaks(t)
	mock := &Mock{StoreFunc: func(_ context.Context, req StoreRequest) (StoreResponse, error) {
		return StoreResponse{Seen: string(req.Body.Bytes())}, nil
	}}
	body, err := NewBuffer(4)
	if err != nil {
		t.Fatal(err)
	}
	if string(body.Bytes()) != "\x00\x00\x00\x00" || uintptr(unsafe.Pointer(unsafe.SliceData(body.Bytes())))%64 != 0 {
		t.Errorf("got %q", body.Bytes())
	}
	copy(body.Bytes(), "seen")
	resp, err := NewWith(mock).Store(t.Context(), StoreRequest{Body: body})
	if err != nil || resp.Seen != "seen" {
		t.Errorf("got %v, %v", resp, err)
	}
	if err := body.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
	mock.StoreFunc = nil
	refused, err := NewBuffer(33)
	if err != nil {
		t.Fatal(err)
	}
	_, err = NewWith(mock).Store(t.Context(), StoreRequest{Seal: refused})
	grout.CheckError(t, "the mock", err, grout.ErrInvalidArgument, "Depot.Store", "seal: its length is 33, the contract allows 32 at most")
	if err := refused.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Proves O28 of the mock. Expected: who answers sees what is left, and the limit is that of what is left.
func TestAMockSeesWhatIsLeftOfABuffer(t *testing.T) {
	grout.CheckLeaks(t)
	mock := NewMock(t)
	mock.ExpectStore(StoreRequest{Body: grout.BufferOf([]byte("bo")), Seal: grout.BufferOf([]byte(strings.Repeat("s", 32)))}).
		Return(StoreResponse{Seen: "yes"}, nil)
	body, seal := filled(t, "body"), filled(t, strings.Repeat("s", 40))
	body.Truncate(2)
	seal.Truncate(32)
	resp, err := NewWith(mock).Store(t.Context(), StoreRequest{Body: body, Seal: seal})
	if err != nil || resp.Seen != "yes" {
		t.Errorf("got %v, %v", resp, err)
	}
}
