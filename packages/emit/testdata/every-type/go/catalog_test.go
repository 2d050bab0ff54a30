//go:build !grout_mock

package catalog

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	grout "example.com/acme/grout-go"
)

func connected(t testing.TB) *Client {
	t.Helper()
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func of[T any](v T) *T {
	return &v
}

func echo(t *testing.T, product Product) {
	t.Helper()
	got, err := connected(t).Echo(t.Context(), product)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, product) {
		t.Errorf("got  %#v\nwant %#v", got, product)
	}
}

func full() Product {
	at := time.Date(2026, 2, 3, 4, 5, 6, 789_000_001, time.UTC)
	part := ProductPart{Sku: "a-1", Count: 3, Notes: []string{"", "grüße"}, Spare: &ProductPart{Sku: "a-2"}}
	return Product{
		IsNew:      true,
		Rank:       math.MinInt32,
		Stock:      math.MaxInt64,
		Width:      math.MaxUint32,
		Serial:     math.MaxUint64,
		Weight:     1.5,
		Price:      -0.1,
		Name:       "lamp",
		Image:      []byte{0, 255},
		Color:      ColorBelowZero,
		Status:     ProductStatusAvailable,
		MaybeNew:   of(false),
		MaybeStock: of(int64(-5)),
		MaybePrice: of(math.Inf(1)),
		MaybeName:  of("other"),
		MaybeImage: []byte{1},
		MaybeColor: of(Color(77)),
		Created:    &at,
		Warranty:   of(-time.Hour),
		Main:       &part,
		Flags:      []bool{true, false},
		Steps:      []int32{1, -1},
		Serials:    []uint64{0, math.MaxUint64},
		Samples:    []float64{0, math.SmallestNonzeroFloat64},
		Tags:       []string{"x", ""},
		Images:     [][]byte{{1}, nil, {2, 3}},
		Colors:     []Color{ColorRed, 99},
		Parts:      []ProductPart{part, {}},
		Visits:     []time.Time{at, time.Unix(-1, 5).UTC()},
		Laps:       []time.Duration{1, math.MinInt64},
		Labels:     map[string]string{"": "", "k": "v"},
		Shelves:    map[int32]ProductPart{-1: part},
		Blobs:      map[bool][]byte{true: {9}, false: nil},
		Paints:     map[uint64]Color{8: ColorBlue},
		Milestones: map[string]time.Time{"start": at},
		Payment:    ProductPaymentCard{Value: Card{Holder: "Ada", Number: "42", Digits: []uint32{4, 2}, Note: of("hm")}},
	}
}

func TestEveryTypeCrosses(t *testing.T) {
	echo(t, full())
}

// Proves L11, what is empty and what is absent. Expected: nil of both.
func TestNothingCrossesAsNothing(t *testing.T) {
	echo(t, Product{})
}

// Proves L11 of what may be absent. Expected: it is there.
func TestWhatIsThereButZeroIsThere(t *testing.T) {
	echo(t, Product{
		MaybeNew:   of(false),
		MaybeStock: of(int64(0)),
		MaybePrice: of(0.0),
		MaybeName:  of(""),
		MaybeImage: []byte{},
		MaybeColor: of(ColorUnspecified),
		Created:    of(time.Unix(0, 0).UTC()),
		Warranty:   of(time.Duration(0)),
		Main:       &ProductPart{},
	})
}

func TestEachAlternativeCrosses(t *testing.T) {
	for _, payment := range []ProductPayment{
		ProductPaymentCard{},
		ProductPaymentCashCents{Value: -1},
		ProductPaymentVoucher{Value: "v"},
		ProductPaymentToken{Value: ColorRed},
		ProductPaymentHours{Value: time.Hour},
		ProductPaymentReceipt{Value: []byte{1}},
		ProductPaymentGift{},
	} {
		echo(t, Product{Payment: payment})
	}
}

func TestMuchCrosses(t *testing.T) {
	product := Product{Labels: map[string]string{}}
	for i := range 10_000 {
		product.Parts = append(product.Parts, ProductPart{Sku: fmt.Sprint(i), Count: uint32(i)})
		product.Labels[fmt.Sprint(i)] = strings.Repeat("x", i%50)
	}
	echo(t, product)
}

func TestMessagesInMessagesMayHoldWhatIsPacked(t *testing.T) {
	client := connected(t)
	for _, summary := range []Summary{
		{},
		{Card: &Card{Holder: "Ada", Digits: []uint32{1}}, Part: &ProductPart{Notes: []string{"n"}}},
		{Nothing: &Nothing{}, Nothings: []Nothing{{}, {}}},
		{Part: &ProductPart{Spare: &ProductPart{Notes: []string{"deep"}}}},
	} {
		got, err := client.Summarize(t.Context(), summary)
		if err != nil || !reflect.DeepEqual(got, summary) {
			t.Errorf("got %+v, %v of %+v", got, err, summary)
		}
	}
}

func TestATreeIsMirrored(t *testing.T) {
	tree := Tree{
		Name:     "root",
		Children: []Tree{{Name: "a", Children: []Tree{{Name: "a1"}, {Name: "a2"}}}, {Name: "b"}},
		Twin:     &Tree{Name: "twin"},
		Origin:   TreeOriginParent{Value: Tree{Name: "parent", Origin: TreeOriginSeed{Value: "seed"}}},
	}
	want := tree
	want.Children = []Tree{{Name: "b"}, {Name: "a", Children: []Tree{{Name: "a2"}, {Name: "a1"}}}}
	got, err := connected(t).Mirror(t.Context(), tree)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func deep(levels int) Tree {
	tree := Tree{}
	for range levels - 1 {
		inner := tree
		tree = Tree{Twin: &inner}
	}
	return tree
}

// Proves L10, the depth of messages. Expected: 100 are allowed.
func TestMessagesLieInEachOtherAsDeepAsAllowed(t *testing.T) {
	client := connected(t)
	if _, err := client.Mirror(t.Context(), deep(101)); err != nil {
		t.Error(err)
	}
	_, err := client.Mirror(t.Context(), deep(102))
	refused(t, err, grout.ErrInvalidArgument, "twin.twin.", "more than 100 deep")
}

func TestATreeWithoutEndIsRefused(t *testing.T) {
	var tree Tree
	tree.Twin = &tree
	_, err := connected(t).Mirror(t.Context(), tree)
	refused(t, err, grout.ErrInvalidArgument, "twin.twin.", "more than 100 deep")
}

// refused checks the kind of an error, how its message begins and what it contains.
func refused(t *testing.T, err error, kind *grout.Kind, start, part string) {
	t.Helper()
	var failure *grout.Error
	if !errors.Is(err, kind) || !errors.As(err, &failure) {
		t.Fatalf("got %v", err)
	}
	if !strings.HasPrefix(failure.Message, start) || !strings.Contains(failure.Message, part) {
		t.Errorf("got %q, want %q and %q", failure.Message, start, part)
	}
}

func TestWhatTheContractDoesNotAllowIsRefusedWithTheFieldsPath(t *testing.T) {
	late := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	cases := []struct {
		product     Product
		start, part string
	}{
		{Product{Name: "a\xff"}, "name: ", "not valid UTF-8 at byte 1"},
		{Product{Tags: []string{"fine", "\xff"}}, "tags[1]: ", "not valid UTF-8 at byte 0"},
		{Product{Parts: []ProductPart{{Notes: []string{"\xff"}}}}, "parts[0].notes[0]: ", "not valid UTF-8"},
		{Product{Labels: map[string]string{"\xff": ""}}, "labels[0]: ", "not valid UTF-8"},
		{Product{Main: &ProductPart{Sku: "\xff"}}, "main.sku: ", "not valid UTF-8"},
		{Product{Payment: ProductPaymentVoucher{Value: "\xff"}}, "payment.voucher: ", "not valid UTF-8"},
		{Product{Payment: ProductPaymentCard{Value: Card{Holder: "123456789"}}}, "payment.card.holder: ", "its length is 9"},
		{Product{Payment: ProductPaymentCard{Value: Card{Note: of("1234")}}}, "payment.card.note: ", "allows 3"},
		{Product{Payment: &ProductPaymentGift{}}, "payment: ", "*catalog.ProductPaymentGift is no alternative"},
		{Product{Created: &late}, "created: ", "no time between the years 1 and 9999"},
		{Product{Visits: []time.Time{late}}, "visits[0]: ", "no time between the years 1 and 9999"},
	}
	for _, it := range cases {
		_, err := connected(t).Echo(t.Context(), it.product)
		refused(t, err, grout.ErrInvalidArgument, it.start, it.part)
	}
	_, err := connected(t).Summarize(t.Context(), Summary{Card: &Card{Digits: make([]uint32, 5)}})
	refused(t, err, grout.ErrInvalidArgument, "card.digits: ", "its length is 5, the contract allows 4 at most")
	_, err = connected(t).Summarize(t.Context(), Summary{Card: &Card{Holder: "123456789"}})
	refused(t, err, grout.ErrInvalidArgument, "card.holder: ", "its length is 9, the contract allows 8 at most")
}

func TestAnAnswerThatTheContractDoesNotAllowIsRefused(t *testing.T) {
	client := connected(t)
	if _, err := client.Break(t.Context(), BreakRequest{Holder: 8, Digits: 4}); err != nil {
		t.Error(err)
	}
	_, err := client.Break(t.Context(), BreakRequest{Holder: 9})
	refused(t, err, grout.ErrInvalidResponse, "holder: ", "its length is 9, the contract allows 8 at most")
	_, err = client.Break(t.Context(), BreakRequest{Digits: 5})
	refused(t, err, grout.ErrInvalidResponse, "digits: ", "its length is 5, the contract allows 4 at most")
}

func TestWhatIsRedactedIsNotShown(t *testing.T) {
	card := Card{Holder: "Ada", Number: "4242"}
	seed := TreeOriginSeed{Value: "4242"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%d", "%q"} {
		text := fmt.Sprintf(format, []any{card, &card, seed})
		if strings.Contains(text, "4242") || strings.Count(text, "<redacted>") != 3 {
			t.Errorf("%s shows %s", format, text)
		}
	}
	if text := fmt.Sprintf("%+v", card); text != "{Holder:Ada Number:<redacted> Digits:[] Note:<nil>}" {
		t.Error(text)
	}
	var text strings.Builder
	slog.New(slog.NewJSONHandler(&text, nil)).Info("paid", "card", card)
	if strings.Contains(text.String(), "4242") || !strings.Contains(text.String(), `"Holder":"Ada"`) {
		t.Error(text.String())
	}
	text.Reset()
	slog.New(slog.NewJSONHandler(&text, nil)).Info("paid", "cards", []Card{card}, "by", map[string]any{"ada": &card, "s": seed})
	if strings.Contains(text.String(), "4242") || strings.Count(text.String(), `"<redacted>"`) != 3 {
		t.Error(text.String())
	}
}

func TestNamesOfValues(t *testing.T) {
	got := fmt.Sprint(ColorBlue, " ", ProductStatusOnSale, " ", Color(77))
	if got != "BLUE ON_SALE Color(77)" {
		t.Error(got)
	}
}

func TestTextsOfAResponseAreIndependentOfItsBytes(t *testing.T) {
	got, err := connected(t).Echo(t.Context(), Product{Tags: []string{"abc"}, Images: [][]byte{{1, 2}, {3}}})
	if err != nil {
		t.Fatal(err)
	}
	got.Images[0] = append(got.Images[0], 9)
	got.Images[1][0] = 8
	if got.Tags[0] != "abc" || got.Images[1][0] != 8 {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkEcho(b *testing.B) {
	client, ctx, product := connected(b), b.Context(), full()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Echo(ctx, product); err != nil {
			b.Fatal(err)
		}
	}
}
