package mcp

import (
	"context"
	"errors"
	"io"
	"net/http"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// Bridge carries messages between standard input and output and the tools at
// an address, until the input ends or ctx does.
func Bridge(ctx context.Context, address string, through *http.Client, in io.ReadCloser, out io.WriteCloser) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	near, err := (&sdk.IOTransport{Reader: in, Writer: out}).Connect(ctx)
	if err != nil {
		return err
	}
	far, err := (&sdk.StreamableClientTransport{Endpoint: address, HTTPClient: through, DisableStandaloneSSE: true}).Connect(ctx)
	if err != nil {
		return err
	}
	asking, answering := make(chan error, 1), make(chan error, 1)
	go func() { asking <- carry(ctx, near, far) }()
	go func() { answering <- carry(ctx, far, near) }()
	select {
	case err = <-asking:
	case err = <-answering:
	}
	return errors.Join(unlessEnded(err), far.Close())
}

// carry hands every message of one side to the other, in order.
func carry(ctx context.Context, from, to sdk.Connection) error {
	for {
		m, err := from.Read(ctx)
		if err != nil {
			return err
		}
		if err := to.Write(ctx, m); err != nil {
			return err
		}
	}
}

// unlessEnded takes the end of the input, and an asked-for end, for none.
func unlessEnded(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) || errors.Is(err, sdk.ErrConnectionClosed) {
		return nil
	}
	return err
}
