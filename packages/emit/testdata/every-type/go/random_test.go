//go:build !grout_mock

package catalog

import (
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"time"
)

// Proves L4 to L6 and L11 of values that nobody chose. Expected: what goes to Rust and back is as it was.
// GROUT_RANDOM_CASES sets how many, GROUT_RANDOM_SEED which.
func TestRandomProductsCross(t *testing.T) {
	client := connected(t)
	cases := numberFrom(t, "GROUT_RANDOM_CASES", 500)
	seed := uint64(numberFrom(t, "GROUT_RANDOM_SEED", int(time.Now().UnixNano())))
	for n := range cases {
		var product Product
		filler{rand.New(rand.NewPCG(seed, uint64(n)))}.fill(reflect.ValueOf(&product).Elem(), 0)
		got, err := client.Echo(t.Context(), product)
		if err != nil || !reflect.DeepEqual(got, product) {
			t.Fatalf("case %d of GROUT_RANDOM_SEED=%d: %v\ngot  %#v\nwant %#v", n, seed, err, got, product)
		}
	}
}

func numberFrom(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return number
}

// filler fills values at random, such that they cross as they are: what is empty is nil, and limits hold.
type filler struct{ random *rand.Rand }

var payments = []ProductPayment{
	ProductPaymentCard{}, ProductPaymentCashCents{}, ProductPaymentVoucher{}, ProductPaymentToken{}, ProductPaymentHours{},
	ProductPaymentReceipt{}, ProductPaymentGift{},
}

func (f filler) fill(v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case time.Time:
		const first, last = -62_135_596_800, 253_402_300_799
		v.Set(reflect.ValueOf(time.Unix(first+f.random.Int64N(last-first+1), f.random.Int64N(1_000_000_000)).UTC()))
		return
	case Card:
		card := Card{Holder: f.text(8), Number: f.text(40)}
		for range f.random.IntN(5) {
			card.Digits = append(card.Digits, f.random.Uint32())
		}
		if f.random.IntN(2) == 0 {
			card.Note = of(f.text(3))
		}
		v.Set(reflect.ValueOf(card))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(f.random.IntN(2) == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.bits()))
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(f.bits())
	case reflect.Float32, reflect.Float64:
		v.SetFloat(f.number())
	case reflect.String:
		v.SetString(f.text(f.random.IntN(100)))
	case reflect.Pointer:
		if f.random.IntN(3) > 0 && depth < 4 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		for range f.size(depth) {
			item := reflect.New(v.Type().Elem()).Elem()
			f.fill(item, depth+1)
			v.Set(reflect.Append(v, item))
		}
	case reflect.Map:
		for range f.size(depth) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(key, depth+1)
			f.fill(value, depth+1)
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			v.SetMapIndex(key, value)
		}
	case reflect.Interface:
		if chosen := f.random.IntN(len(payments) + 1); chosen < len(payments) {
			alternative := reflect.New(reflect.TypeOf(payments[chosen])).Elem()
			f.fill(alternative, depth+1)
			v.Set(alternative)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), depth+1)
		}
	default:
		panic("no random " + v.Type().String())
	}
}

// size is often 0, and seldom large.
func (f filler) size(depth int) int {
	if depth > 3 {
		return 0
	}
	return f.random.IntN(1 << f.random.IntN(5))
}

// bits are of any magnitude, so that the ends of a type are met.
func (f filler) bits() uint64 {
	return f.random.Uint64() >> f.random.IntN(64) << f.random.IntN(8)
}

// number is anything but NaN, which equals nothing.
func (f filler) number() float64 {
	switch f.random.IntN(8) {
	case 0:
		return math.Inf(f.random.IntN(2)*2 - 1)
	case 1:
		return 0
	}
	return float64(float32(f.random.NormFloat64() * math.Pow(10, float64(f.random.IntN(40)-20))))
}

// text has at most so many bytes, of characters of every length.
func (f filler) text(most int) string {
	characters := []rune("a\x00ß€😀\u2028\U0010ffff")
	text := ""
	for {
		next := text + string(characters[f.random.IntN(len(characters))])
		if len(next) > most || f.random.IntN(20) == 0 {
			return text
		}
		text = next
	}
}
