package order

//go:generate protoc -I ../../api --go_out=. ../../api/v1/order.proto
