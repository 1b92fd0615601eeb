package main

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// TestFloodLosesNothing sends ten times of what one address may send, without
// pause. What is too much is turned away, and what was taken outlives a kill.
func TestFloodLosesNothing(t *testing.T) {
	t.Parallel()
	const burst = 500 // of an address, as api has it
	data, key := newData(t)
	p := startServer(t, data, key)
	var mu sync.Mutex
	var taken []int
	answers := map[int]int{}
	var group sync.WaitGroup
	const senders = 20
	for sender := range senders {
		group.Go(func() {
			for n := sender; n < 10*burst; n += senders {
				status := p.tell(t, "/v1/visit", fmt.Appendf(nil,
					`{"key":%q,"visitor":"v%d","events":[{"id":"e%[2]d","type":"page","page":"https://shop.example/"},{"type":"identify","traits":{"external_id":"flood-%[2]d"}}]}`, key, n))
				mu.Lock()
				if answers[status]++; status == http.StatusNoContent {
					taken = append(taken, n)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if err := p.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.command.Wait()
	if len(answers) != 2 || answers[http.StatusTooManyRequests] < burst || len(taken) < burst {
		t.Errorf("the answers were %v: most of ten times the burst must be turned away, by 429", answers)
	}
	p = startServer(t, data, key)
	var who struct{ ID string }
	for _, n := range taken {
		if _, err := p.call(http.MethodGet, fmt.Sprintf("/v1/contacts/external_id:flood-%d", n), nil, &who); err != nil {
			t.Fatalf("what was taken is not there: %v", err)
		}
	}
}
