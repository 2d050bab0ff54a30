//go:build !(tracing && otel)

package gears

import (
	"reflect"
	"testing"
)

// Proves C12 of builds without the feature. Expected: none of the types has the method.
func TestAMethodIsNotThereWithoutItsFeature(t *testing.T) {
	if _, isThere := reflect.TypeFor[*Client]().MethodByName("Trace"); isThere {
		t.Error("the client has the method")
	}
	if _, isThere := reflect.TypeFor[Service]().MethodByName("Trace"); isThere {
		t.Error("the service has the method")
	}
	if _, isThere := reflect.TypeFor[*Mock]().MethodByName("ExpectTrace"); isThere {
		t.Error("the mock has the method")
	}
}
