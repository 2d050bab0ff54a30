package docindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	grout "example.com/notes/grout-go"
)

// These tests run against Rust, and with -tags grout_mock against the fake: both must behave the same.

func connected(t testing.TB) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func open(t testing.TB) *Index {
	t.Helper()
	index, err := connected(t).Open(t.Context(), OpenRequest{Path: filepath.Join(t.TempDir(), "index")})
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func opened(t testing.TB) *Index {
	t.Helper()
	grout.CheckLeaks(t)
	index := open(t)
	t.Cleanup(func() {
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	return index
}

func put(t testing.TB, index *Index, key, document string) PutResponse {
	t.Helper()
	resp, err := index.Put(t.Context(), PutRequest{Key: key, Document: []byte(document)})
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

func TestWhatIsPutIsSeen(t *testing.T) {
	index := opened(t)
	put(t, index, "a", "first")
	seen, err := index.Get(t.Context(), GetRequest{Key: "a"})
	if err != nil {
		t.Fatal(err)
	}
	defer seen.Release()
	put(t, index, "a", "second")
	if got := seen.Document.Bytes(); string(got) != "first" {
		t.Errorf("a view shows %q once there is another document, want what it showed before", got)
	}
	if _, err := index.Get(t.Context(), GetRequest{Key: "b"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestScanGoesOnWhereItStopped(t *testing.T) {
	index := opened(t)
	for n := range 10 {
		put(t, index, fmt.Sprintf("note/%d", n), strings.Repeat("x", n))
	}
	put(t, index, "other", "")
	var keys []string
	after := ""
	for {
		page, err := index.Scan(t.Context(), ScanRequest{Prefix: "note/", After: after, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Entries) == 0 {
			break
		}
		for _, entry := range page.Entries {
			keys = append(keys, entry.Key)
			after = entry.Key
		}
	}
	if len(keys) != 10 || !slices.IsSorted(keys) {
		t.Errorf("got %q, want the ten notes in order", keys)
	}
}

// recorder is a watcher that remembers.
type recorder struct {
	mutex sync.Mutex
	keys  []string
	also  func(ctx context.Context, change Change) error
}

func (r *recorder) OnChange(ctx context.Context, change Change) (Ack, error) {
	r.mutex.Lock()
	r.keys = append(r.keys, change.Key)
	r.mutex.Unlock()
	if r.also == nil {
		return Ack{}, nil
	}
	return Ack{}, r.also(ctx, change)
}

func subscribed(t testing.TB, index *Index, prefix string, watcher Watcher) *Subscription {
	t.Helper()
	subscription, err := index.Subscribe(t.Context(), SubscribeRequest{Prefix: prefix}, watcher)
	if err != nil {
		t.Fatal(err)
	}
	return subscription
}

func TestWatchersAreToldUntilTheyLeave(t *testing.T) {
	index, watcher := opened(t), &recorder{}
	subscription := subscribed(t, index, "note/", watcher)
	if told := put(t, index, "note/1", "x").Told; told != 1 {
		t.Errorf("%d watchers were told, want 1", told)
	}
	put(t, index, "other", "x")
	if err := subscription.Close(); err != nil {
		t.Fatal(err)
	}
	if told := put(t, index, "note/2", "x").Told; told != 0 {
		t.Errorf("%d watchers were told after they had left", told)
	}
	if !slices.Equal(watcher.keys, []string{"note/1"}) {
		t.Errorf("the watcher was told of %q", watcher.keys)
	}
}

func TestAWatcherMayUseTheIndex(t *testing.T) {
	index := opened(t)
	copies := &recorder{also: func(ctx context.Context, change Change) error {
		seen, err := index.Get(ctx, GetRequest{Key: change.Key})
		if err != nil {
			return err
		}
		defer seen.Release()
		_, err = index.Put(ctx, PutRequest{Key: "copy/" + change.Key, Document: seen.Document.Bytes()})
		return err
	}}
	defer subscribed(t, index, "note/", copies).Close()
	if told := put(t, index, "note/1", "words").Told; told != 1 {
		t.Errorf("%d watchers were told, want 1", told)
	}
	seen, err := index.Get(t.Context(), GetRequest{Key: "copy/note/1"})
	if err != nil {
		t.Fatal(err)
	}
	defer seen.Release()
	if !bytes.Equal(seen.Document.Bytes(), []byte("words")) {
		t.Errorf("the copy is %q", seen.Document.Bytes())
	}
}

func TestAWatcherThatFailsDoesNotStopTheWriter(t *testing.T) {
	index := opened(t)
	panics := &recorder{also: func(context.Context, Change) error { panic("out of paper") }}
	defer subscribed(t, index, "", panics).Close()
	if told := put(t, index, "a", "x").Told; told != 0 {
		t.Errorf("%d watchers were told, want 0: it failed", told)
	}
}

func TestAnIndexIsOpenOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	first, err := connected(t).Open(t.Context(), OpenRequest{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	_, err = connected(t).Open(t.Context(), OpenRequest{Path: path})
	var failure *grout.Error
	if !errors.Is(err, ErrLocked) || !errors.As(err, &failure) {
		t.Fatalf("got %v, want ErrLocked", err)
	}
	if !failure.Retryable() || !strings.Contains(failure.Hint, path+".lock") {
		t.Errorf("got %+v, want a hint that names the lock, and that it may be tried again", failure)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := connected(t).Open(t.Context(), OpenRequest{Path: path})
	if err != nil {
		t.Fatalf("once it is closed: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

func TestAKeyHasALimit(t *testing.T) {
	_, err := opened(t).Get(t.Context(), GetRequest{Key: strings.Repeat("k", 1025)})
	if !errors.Is(err, grout.ErrInvalidArgument) {
		t.Errorf("got %v, want ErrInvalidArgument", err)
	}
}
