package larder

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Shelves implement both services in memory.
type Shelves struct {
	mutex  sync.Mutex
	counts map[string]uint32
	orders []Order
}

// NewShelves makes empty ones.
func NewShelves() *Shelves {
	return &Shelves{counts: map[string]uint32{}}
}

// Stock is what puts things on the shelves.
func (s *Shelves) Stock() Stock {
	return stock{s}
}

// Orders is what takes them from there.
func (s *Shelves) Orders() Orders {
	return orders{s}
}

func (s *Shelves) find(item string) (Shelf, error) {
	count, isKnown := s.counts[item]
	if !isKnown {
		return Shelf{}, ErrUnknownItem.New("no shelf").With("item", item).CausedBy(errors.New("see aisle 7"))
	}
	return Shelf{Item: item, Count: count}, nil
}

type stock struct{ *Shelves }

func (s stock) Put(_ context.Context, req PutRequest) (Shelf, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.counts[req.Item] += req.Count
	return s.find(req.Item)
}

func (s stock) Find(_ context.Context, req FindRequest) (Shelf, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.find(req.Item)
}

type orders struct{ *Shelves }

func (o orders) Find(_ context.Context, req FindOrderRequest) (Order, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	at := slices.IndexFunc(o.orders, func(it Order) bool { return it.Number == req.Number })
	if at < 0 {
		return Order{}, nil
	}
	return o.orders[at], nil
}

func (o orders) Place(_ context.Context, req Order) (Order, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for _, it := range req.Items {
		if _, err := o.find(it.Item); err != nil {
			return Order{}, err
		}
	}
	for _, it := range req.Items {
		o.counts[it.Item] -= it.Count
	}
	req.Number = uint64(len(o.orders) + 1)
	o.orders = append(o.orders, req)
	return req, nil
}
