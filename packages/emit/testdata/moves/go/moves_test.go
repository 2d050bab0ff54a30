//go:build !grout_mock && cgo

package depot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"

	"example.com/acme/grout-go"
)

func connected(t testing.TB) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func addressOf(bytes []byte) uint64 {
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(bytes))))
}

// checkTaken reports a buffer that is not closed, and Rust's buffers where there are others than before.
func checkTaken(t *testing.T, client *Client, before uint64, buffers ...*grout.Buffer) {
	t.Helper()
	for _, buffer := range buffers {
		if err := buffer.Release(); !errors.Is(err, grout.ErrClosed) {
			t.Errorf("the buffer is not closed: %v", err)
		}
	}
	if now := live(t, client); now != before {
		t.Errorf("%d buffers live in Rust, before there were %d", now, before)
	}
}

func live(t *testing.T, client *Client) uint64 {
	t.Helper()
	resp, err := client.Count(t.Context(), CountRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Buffers
}

// Proves O21, bytes that are given away, and L14 of them. Expected: they start as zeros at a multiple of 64, and Rust
// has them where Go filled them, whatever their length.
func TestWhatIsGivenAwayIsNotCopied(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	for _, size := range []int{1, 1 << 20} {
		body, err := NewBuffer(size)
		if err != nil {
			t.Fatal(err)
		}
		bytes := body.Bytes()
		address := addressOf(bytes)
		if len(bytes) != size || bytes[size-1] != 0 || address%64 != 0 {
			t.Errorf("%d bytes at %#x, the last is %d", len(bytes), address, bytes[size-1])
		}
		bytes[size-1] = 7
		seal := filled(t, "MN")
		sealed := addressOf(seal.Bytes())
		resp, err := client.Store(t.Context(), StoreRequest{Key: "a", Body: body, Seal: seal, Labels: []string{"x"}})
		if err != nil {
			t.Fatal(err)
		}
		if resp.BodyAddress != address || resp.SealAddress != sealed {
			t.Errorf("Rust sees %#x and %#x, Go filled %#x and %#x", resp.BodyAddress, resp.SealAddress, address, sealed)
		}
		if !strings.Contains(resp.Seen, `labels: ["x"]`) || strings.Contains(resp.Seen, "77, 78") {
			t.Errorf("Rust shows %.200s", resp.Seen)
		}
		shown, err := client.Load(t.Context(), LoadRequest{Key: "a"})
		if err != nil || addressOf(shown.Body.Bytes()) != address || shown.Body.Bytes()[size-1] != 7 {
			t.Errorf("got %v, %v", shown, err)
		}
		if err := shown.Release(); err != nil {
			t.Error(err)
		}
	}
}

// Proves O21 and L14 of a buffer that is nil. Expected: Rust sees no bytes, and these at a multiple of 64.
func TestNoBufferIsNoBytes(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	empty := filled(t, "")
	resp, err := client.Store(t.Context(), StoreRequest{Key: "none", Seal: empty})
	if err != nil || !strings.Contains(resp.Seen, "body: []") || resp.BodyAddress%64 != 0 {
		t.Errorf("got %#v, %v", resp, err)
	}
	if err := empty.Release(); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Proves O22, a call takes its buffers. Expected: whatever it returns, they are closed, and Rust has none of them left.
func TestACallTakesItsBuffersWhateverItReturns(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, it := range map[string]struct {
		ctx  context.Context
		req  StoreRequest
		seal string
		kind *grout.Kind
	}{
		"an error of the contract": {t.Context(), StoreRequest{Key: "taken"}, "s", ErrTaken},
		"a panic":                  {t.Context(), StoreRequest{Key: "panic"}, "s", grout.ErrPanic},
		"a canceled context":       {canceled, StoreRequest{}, "s", grout.ErrCanceled},
		"a key that is too long":   {t.Context(), StoreRequest{Key: strings.Repeat("k", 17)}, "s", grout.ErrInvalidArgument},
		"a label that is no text":  {t.Context(), StoreRequest{Labels: []string{"\xff"}}, "s", grout.ErrInvalidArgument},
		"a seal that is too long":  {t.Context(), StoreRequest{}, strings.Repeat("s", 33), grout.ErrInvalidArgument},
	} {
		t.Run(name, func(t *testing.T) {
			before := live(t, client)
			it.req.Body, it.req.Seal = filled(t, "b"), filled(t, it.seal)
			_, err := client.Store(it.ctx, it.req)
			if !errors.Is(err, it.kind) || !strings.HasPrefix(err.Error(), "Depot.Store: ") {
				t.Errorf("got %v", err)
			}
			checkTaken(t, client, before, it.req.Body, it.req.Seal)
		})
	}
}

// Proves O21 of bytes that are not the library's, and C10 of the mock. Expected: of both, INVALID_ARGUMENT, which names
// them and says what to do; the mock was not called.
func TestBytesOfGoAreNotGivenToRust(t *testing.T) {
	grout.CheckLeaks(t)
	client, mock := connected(t), NewMock(t)
	before := live(t, client)
	for name, it := range map[string]*Client{"Rust": client, "the mock": NewWith(mock)} {
		body, seal := filled(t, "b"), grout.BufferOf([]byte{1})
		_, err := it.Store(t.Context(), StoreRequest{Body: body, Seal: seal})
		grout.CheckError(t, name, err, grout.ErrInvalidArgument, "Depot.Store", "seal: its memory is that of Go, which the library "+
			"of depot.v1 cannot take over; make it with the NewBuffer of this package")
		checkTaken(t, client, before, body, seal)
	}
	if calls := mock.Calls(); len(calls) > 0 {
		t.Errorf("the mock was called: %v", calls)
	}
}

// Proves O22 of a buffer that was closed before. Expected: CLOSED with its field, and the others are taken all the same.
func TestABufferIsGivenAwayOnce(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	before := live(t, client)
	used := filled(t, "used")
	if err := used.Release(); err != nil {
		t.Fatal(err)
	}
	for _, once := range []*grout.Buffer{used, nil} {
		body := filled(t, "b")
		if once == nil {
			once = body
		}
		_, err := client.Store(t.Context(), StoreRequest{Body: body, Seal: once})
		if !errors.Is(err, grout.ErrClosed) || !strings.Contains(err.Error(), "seal: this buffer of") {
			t.Errorf("got %v", err)
		}
		checkTaken(t, client, before, body)
	}
}

// Proves O22 where an object is closed and where a callback is missing. Expected: the buffers are taken all the same.
func TestCallsThatCannotStartTakeTheirBuffers(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	bin, err := client.Open(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	before := live(t, client)
	if resp, err := bin.Add(t.Context(), AddRequest{Body: filled(t, "four")}); err != nil || resp.Length != 4 {
		t.Errorf("got %v, %v", resp, err)
	}
	if err := bin.Close(); err != nil {
		t.Fatal(err)
	}
	late := filled(t, "late")
	if _, err := bin.Add(t.Context(), AddRequest{Body: late}); !errors.Is(err, grout.ErrClosed) {
		t.Errorf("got %v", err)
	}
	unheard := filled(t, "unheard")
	if _, err := client.Hand(t.Context(), HandRequest{Body: unheard}, nil); !errors.Is(err, grout.ErrInvalidArgument) {
		t.Errorf("got %v", err)
	}
	heard := filled(t, "heard")
	watcher := NewMockWatcher(t)
	watcher.ExpectOnHanded(Handed{Length: 5})
	if _, err := client.Hand(t.Context(), HandRequest{Body: heard}, watcher); err != nil {
		t.Error(err)
	}
	checkTaken(t, client, before, late, unheard, heard)
}

func TestABufferThatIsNotUsedIsReleased(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	before := live(t, client)
	buffer := filled(t, "unused")
	if now := live(t, client); now != before+1 {
		t.Errorf("%d buffers live in Rust, want %d", now, before+1)
	}
	if err := buffer.Release(); err != nil {
		t.Error(err)
	}
	checkTaken(t, client, before, buffer)
	for _, size := range []int{-1, 1 << 50} {
		if _, err := NewBuffer(size); !errors.Is(err, grout.ErrInvalidArgument) {
			t.Errorf("a buffer of %d bytes: %v", size, err)
		}
	}
}

func TestManyGoroutinesGiveAwayBuffers(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	before := live(t, client)
	var group sync.WaitGroup
	var taken atomic.Int64
	for range 50 {
		buffer := filled(t, "shared")
		for range 4 {
			group.Go(func() {
				switch _, err := client.Store(context.Background(), StoreRequest{Key: "taken", Seal: buffer}); {
				case errors.Is(err, ErrTaken):
					taken.Add(1)
				case !errors.Is(err, grout.ErrClosed):
					t.Errorf("got %v", err)
				}
			})
		}
	}
	group.Wait()
	if taken.Load() != 50 {
		t.Errorf("50 buffers were taken by %d calls", taken.Load())
	}
	checkTaken(t, client, before)
}

// Proves L14, bytes of a request that are lent or copied. Expected: Rust sees the first where Go has them, refuses them
// elsewhere with how far off they are, and has the others at a multiple wherever Go has them.
func TestBytesOfARequestAreAligned(t *testing.T) {
	client := connected(t)
	lent, copied := grout.AlignedBytes(100, 64), grout.AlignedBytes(9, 4096)[1:]
	lent[99], copied[7] = 1, 2
	resp, err := client.Sum(t.Context(), SumRequest{Lent: lent, Copied: copied})
	if err != nil || resp.Sum != 3 || resp.LentAddress != addressOf(lent) || resp.CopiedAddress%4096 != 0 {
		t.Errorf("got %#x, %v", resp, err)
	}
	for _, none := range [][]byte{nil, lent[3:3]} {
		resp, err := client.Sum(t.Context(), SumRequest{Lent: none, Copied: none})
		if err != nil || resp.LentAddress%64 != 0 || resp.CopiedAddress%4096 != 0 || resp.Sum != 0 {
			t.Errorf("got %#x, %v", resp, err)
		}
	}
	want := "lent: its bytes start 24 bytes past a multiple of 64, the contract wants them to start at one; make them with grout.AlignedBytes(n, 64)"
	for name, it := range map[string]*Client{"Rust": client, "the mock": NewWith(NewMock(t))} {
		_, err = it.Sum(t.Context(), SumRequest{Lent: lent[24:]})
		grout.CheckError(t, name, err, grout.ErrInvalidArgument, "Depot.Sum", want)
	}
}

// Proves L14, bytes of a response. Expected: what the service gives is shown at a multiple, or refused in the words of
// the mock.
func TestBytesOfAResponseAreAligned(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	if _, err := client.Store(t.Context(), StoreRequest{Key: "page", Body: filled(t, strings.Repeat("p", 200))}); err != nil {
		t.Fatal(err)
	}
	for _, skip := range []uint32{0, 64, 200} {
		resp, err := client.Load(t.Context(), LoadRequest{Key: "page", Skip: skip})
		if err != nil || resp.Body.Len() != 200-int(skip) || addressOf(resp.Body.Bytes())%64+addressOf(resp.Page.Bytes())%4096 != 0 {
			t.Errorf("skipped %d: got %v, %v", skip, resp, err)
		}
		if err := resp.Release(); err != nil {
			t.Error(err)
		}
	}
	want := "body: its bytes start 24 bytes past a multiple of 64, the contract wants them to start at one; " +
		"make them with grout::Buffer in Rust, with grout.AlignedBytes(n, 64) in Go"
	_, err := client.Load(t.Context(), LoadRequest{Key: "page", Skip: 24})
	grout.CheckError(t, "Rust", err, grout.ErrInvalidResponse, "Depot.Load", want)
	mock := NewMock(t)
	mock.ExpectLoad(LoadRequest{}).Return(LoadResponse{Body: grout.NewView(grout.AlignedBytes(100, 64)[24:])}, nil)
	_, err = NewWith(mock).Load(t.Context(), LoadRequest{})
	grout.CheckError(t, "the mock", err, grout.ErrInvalidResponse, "Depot.Load", want)
}

func TestAMockTakesBuffersOfRust(t *testing.T) {
	checkMock(t)
}

// Proves O28, a buffer that is shortened, and O21 of limits then. Expected: Rust has the bytes that are left where Go
// filled them, and frees all of them; the limit is that of what is left.
func TestRustHasWhatIsLeftOfABuffer(t *testing.T) {
	grout.CheckLeaks(t)
	client := connected(t)
	before := live(t, client)
	body, seal := filled(t, "0123456789"), filled(t, strings.Repeat("s", 40))
	address := addressOf(body.Bytes())
	body.Truncate(4)
	seal.Truncate(32)
	resp, err := client.Store(t.Context(), StoreRequest{Key: "cut", Body: body, Seal: seal})
	if err != nil || resp.BodyAddress != address || !strings.Contains(resp.Seen, "body: [48, 49, 50, 51]") {
		t.Errorf("got %v, %v", resp, err)
	}
	bin, err := client.Open(t.Context(), OpenRequest{})
	if err != nil {
		t.Fatal(err)
	}
	none := filled(t, "none")
	none.Truncate(0)
	added, err := bin.Add(t.Context(), AddRequest{Body: none})
	if err != nil || added.Length != 0 {
		t.Errorf("got %v, %v", added, err)
	}
	if err := bin.Close(); err != nil {
		t.Error(err)
	}
	if _, err := client.Store(t.Context(), StoreRequest{Key: "cut"}); err != nil {
		t.Error(err)
	}
	checkTaken(t, client, before, body, seal, none)
}
