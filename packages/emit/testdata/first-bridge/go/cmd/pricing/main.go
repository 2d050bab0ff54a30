// Command pricing shows what the Rust side of the bridge computes.
package main

import (
	"context"
	"fmt"
	"os"

	pricing "example.com/acme/pricing-go"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "pricing:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	client, err := pricing.New()
	if err != nil {
		return err
	}
	sum, err := client.Add(ctx, pricing.AddRequest{Left: 2, Right: 3})
	if err != nil {
		return err
	}
	greeting, err := client.Greet(ctx, pricing.GreetRequest{Name: "Go"})
	if err != nil {
		return err
	}
	fmt.Println("2 + 3 =", sum.Sum)
	fmt.Println(greeting.Text)
	return nil
}
