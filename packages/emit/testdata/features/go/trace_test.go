//go:build cgo && !grout_mock && tracing && otel

package gears

import "testing"

// Proves C12, a method is there with its feature. Expected: of Rust and of the mock what each answers.
func TestAMethodIsThereWithItsFeature(t *testing.T) {
	client, err := New()
	if err != nil {
		t.Fatal(err)
	}
	traced, err := client.Trace(t.Context(), TraceRequest{Name: "wheel"})
	if err != nil || traced.Text != "wheel was here" {
		t.Errorf("got %+v, %v", traced, err)
	}
}

func TestAMockHasTheMethodAsWell(t *testing.T) {
	mock := NewMock(t)
	mock.ExpectTrace(TraceRequest{Name: "wheel"}).Return(TraceResponse{Text: "mocked"}, nil)
	mock.ExpectDescribe(DescribeRequest{}).Return(DescribeResponse{}, nil)
	client := NewWith(mock)
	if traced, err := client.Trace(t.Context(), TraceRequest{Name: "wheel"}); err != nil || traced.Text != "mocked" {
		t.Errorf("got %+v, %v", traced, err)
	}
	if _, err := client.Describe(t.Context(), DescribeRequest{}); err != nil {
		t.Error(err)
	}
}
