//go:build grout_mock

package docindex

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	grout "example.com/notes/grout-go"
)

// newFake is what New connects to in a build with the tag grout_mock: indexes that keep nothing.
func newFake() Service {
	fake := &fakeService{open: map[string]bool{}}
	return &Mock{OpenFunc: fake.openIndex}
}

type fakeService struct {
	mutex sync.Mutex
	open  map[string]bool
}

func (s *fakeService) openIndex(_ context.Context, req OpenRequest) (IndexObject, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.open[req.Path] {
		return nil, ErrLocked.New("it is open").With("lock", req.Path+".lock")
	}
	s.open[req.Path] = true
	index := &fakeIndex{documents: map[string][]byte{}, watchers: map[*fakeSubscription]bool{}}
	return &MockIndex{
		PutFunc:       index.put,
		GetFunc:       index.get,
		ScanFunc:      index.scan,
		SubscribeFunc: index.subscribe,
		CloseFunc: func() error {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			delete(s.open, req.Path)
			return nil
		},
	}, nil
}

type fakeIndex struct {
	mutex     sync.Mutex
	documents map[string][]byte
	watchers  map[*fakeSubscription]bool
}

type fakeSubscription struct {
	prefix  string
	watcher Watcher
}

func (i *fakeIndex) put(ctx context.Context, req PutRequest) (PutResponse, error) {
	i.mutex.Lock()
	i.documents[req.Key] = req.Document
	watchers := slices.Collect(maps.Keys(i.watchers))
	i.mutex.Unlock()
	var resp PutResponse
	for _, it := range watchers {
		if !strings.HasPrefix(req.Key, it.prefix) {
			continue
		}
		change := Change{Key: req.Key, Size: uint64(len(req.Document))}
		if _, err := it.watcher.OnChange(ctx, change); err == nil {
			resp.Told++
		}
	}
	return resp, nil
}

func (i *fakeIndex) get(_ context.Context, req GetRequest) (GetResponse, error) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	document, ok := i.documents[req.Key]
	if !ok {
		return GetResponse{}, ErrNotFound.New("there is no such document")
	}
	return GetResponse{Document: grout.NewView(document)}, nil
}

func (i *fakeIndex) scan(_ context.Context, req ScanRequest) (ScanResponse, error) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	var resp ScanResponse
	for _, key := range slices.Sorted(maps.Keys(i.documents)) {
		if !strings.HasPrefix(key, req.Prefix) || (req.After != "" && key <= req.After) {
			continue
		}
		resp.Entries = append(resp.Entries, Entry{Key: key, Size: uint64(len(i.documents[key]))})
		if len(resp.Entries) == int(req.Limit) {
			break
		}
	}
	return resp, nil
}

func (i *fakeIndex) subscribe(_ context.Context, req SubscribeRequest, watcher Watcher) (SubscriptionObject, error) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	subscription := &fakeSubscription{prefix: req.Prefix, watcher: watcher}
	i.watchers[subscription] = true
	return &MockSubscription{CloseFunc: func() error {
		i.mutex.Lock()
		defer i.mutex.Unlock()
		delete(i.watchers, subscription)
		return nil
	}}, nil
}
