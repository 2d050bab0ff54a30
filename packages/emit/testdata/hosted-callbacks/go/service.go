package beacon

import (
	"context"
	"runtime"
	"sync"

	grout "example.com/acme/grout-go"
)

type service struct{}

// NewService makes a beacon.
func NewService() Service {
	return service{}
}

func (service) Flash(ctx context.Context, req FlashRequest, lamp Lamp) (FlashResponse, error) {
	name, err := lamp.Name(ctx, NameRequest{})
	if err != nil {
		return FlashResponse{}, err
	}
	var (
		group  sync.WaitGroup
		mutex  sync.Mutex
		resp   = FlashResponse{Name: name.Name}
		failed error
	)
	for range max(req.Goroutines, 1) {
		group.Go(func() {
			for range req.Times {
				light, err := lamp.Light(ctx, LightRequest{Color: req.Color, Words: req.Words})
				mutex.Lock()
				if err != nil {
					failed = err
				} else {
					resp.Flashes, resp.Last = resp.Flashes+1, light.Word
				}
				mutex.Unlock()
			}
		})
	}
	group.Wait()
	if failed != nil {
		return FlashResponse{}, failed
	}
	return resp, grout.Release(lamp)
}

func (service) Build(_ context.Context, _ BuildRequest, lamp Lamp) (Tower, error) {
	return &tower{lamp: lamp}, nil
}

func (service) Ignore(context.Context, IgnoreRequest, Lamp) (IgnoreResponse, error) {
	return IgnoreResponse{}, nil
}

func (service) Collect(context.Context, CollectRequest) (CollectResponse, error) {
	runtime.GC()
	resp := CollectResponse{}
	for _, object := range grout.LiveObjects() {
		if object.Type == "beacon.v1.Lamp" {
			resp.Lamps++
		}
	}
	return resp, nil
}

// tower has a lamp until it is closed.
type tower struct {
	lamp Lamp
}

func (t *tower) Signal(ctx context.Context, req SignalRequest) (SignalResponse, error) {
	if !req.Waits {
		go t.lamp.Light(context.Background(), LightRequest{})
		return SignalResponse{}, nil
	}
	light, err := t.lamp.Light(ctx, LightRequest{})
	return SignalResponse{Flashes: light.Flashes}, err
}

func (t *tower) Close() error {
	return grout.Release(t.lamp)
}
