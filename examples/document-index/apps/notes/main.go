// Command notes keeps notes in an index.
//
//	notes FILE put KEY TEXT
//	notes FILE get KEY
//	notes FILE list [PREFIX]
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	docindex "example.com/notes/docindex-go"
	grout "example.com/notes/grout-go"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "notes:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: notes FILE put KEY TEXT | get KEY | list [PREFIX]")

// announcer says what has changed.
type announcer struct{ out io.Writer }

func (a announcer) OnChange(_ context.Context, change docindex.Change) (docindex.Ack, error) {
	_, err := fmt.Fprintf(a.out, "wrote %s, %d bytes\n", change.Key, change.Size)
	return docindex.Ack{}, err
}

func run(ctx context.Context, out io.Writer, args []string) error {
	if len(args) < 2 {
		return errUsage
	}
	index, err := open(ctx, args[0])
	if err != nil {
		return err
	}
	defer index.Close()
	switch command, args := args[1], args[2:]; {
	case command == "put" && len(args) == 2:
		return put(ctx, out, index, args[0], args[1])
	case command == "get" && len(args) == 1:
		return get(ctx, out, index, args[0])
	case command == "list" && len(args) == 0:
		return list(ctx, out, index, "")
	case command == "list" && len(args) == 1:
		return list(ctx, out, index, args[0])
	}
	return errUsage
}

// open tries again while the error says that this may help.
func open(ctx context.Context, path string) (*docindex.Index, error) {
	client, err := docindex.New()
	if err != nil {
		return nil, err
	}
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		index, err := client.Open(ctx, docindex.OpenRequest{Path: path})
		if failure, ok := grout.AsError(err); !ok || !failure.Retryable() || wait > time.Second {
			return index, err
		}
		time.Sleep(wait)
	}
}

func put(ctx context.Context, out io.Writer, index *docindex.Index, key, text string) error {
	subscription, err := index.Subscribe(ctx, docindex.SubscribeRequest{}, announcer{out})
	if err != nil {
		return err
	}
	defer subscription.Close()
	_, err = index.Put(ctx, docindex.PutRequest{Key: key, Document: []byte(text)})
	return err
}

func get(ctx context.Context, out io.Writer, index *docindex.Index, key string) error {
	seen, err := index.Get(ctx, docindex.GetRequest{Key: key})
	if err != nil {
		return err
	}
	defer seen.Release()
	// The bytes are those that Rust keeps: nothing is copied on the way.
	_, err = fmt.Fprintf(out, "%s\n", seen.Document.Bytes())
	return err
}

func list(ctx context.Context, out io.Writer, index *docindex.Index, prefix string) error {
	const page = 100
	for after := ""; ; {
		resp, err := index.Scan(ctx, docindex.ScanRequest{Prefix: prefix, After: after, Limit: page})
		if err != nil {
			return err
		}
		for _, entry := range resp.Entries {
			fmt.Fprintf(out, "%8d %s\n", entry.Size, entry.Key)
			after = entry.Key
		}
		if len(resp.Entries) < page {
			return nil
		}
	}
}
