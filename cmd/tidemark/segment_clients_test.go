package main

import (
	"net/http"
	"slices"
	"testing"
	"time"

	analytics "gopkg.in/segmentio/analytics-go.v3"
)

// personFile is what the file of a person tells of it.
type personFile struct {
	Contact struct {
		Email, Name string
		Properties  map[string]any
	}
	Timeline []struct {
		Kind  string
		Touch *struct {
			Source struct{ Campaign string }
		}
		Pages []struct{ Page string }
		Event *struct{ Name string }
	}
}

// told lists pages, campaigns and events of a person, in no order.
func (p *personFile) told() (all []string) {
	for _, item := range p.Timeline {
		for _, view := range item.Pages {
			all = append(all, view.Page)
		}
		if item.Touch != nil && item.Touch.Source.Campaign != "" {
			all = append(all, "from "+item.Touch.Source.Campaign)
		}
		if item.Event != nil {
			all = append(all, item.Event.Name)
		}
	}
	slices.Sort(all)
	return all
}

// callback hands over whether messages were taken.
type callback struct {
	t    *testing.T
	done chan string
}

func (c callback) Success(analytics.Message) { c.done <- "" }

func (c callback) Failure(_ analytics.Message, err error) { c.done <- err.Error() }

// segmentCalls are one of each type, of one person.
func segmentCalls(at time.Time) []analytics.Message {
	campaign := &analytics.Context{Campaign: analytics.CampaignInfo{Name: "June", Source: "news", Medium: "email"}}
	return []analytics.Message{
		analytics.Page{
			MessageId: "go-page", AnonymousId: "go-browser", Name: "Pricing", Timestamp: at, Context: campaign,
			Properties: analytics.NewProperties().SetURL("https://shop.example/pricing").SetTitle("Pricing"),
		},
		analytics.Track{MessageId: "go-before", AnonymousId: "go-browser", Event: "Read Pricing", Timestamp: at},
		analytics.Identify{
			MessageId: "go-identify", UserId: "go-1", Timestamp: at,
			Traits: analytics.NewTraits().SetEmail("go@example.com").SetFirstName("Grace").SetLastName("Hopper").Set("plan", "pro"),
		},
		analytics.Alias{MessageId: "go-alias", PreviousId: "go-browser", UserId: "go-1", Timestamp: at},
		analytics.Track{MessageId: "go-track", UserId: "go-1", Event: "Signed Up", Properties: analytics.NewProperties().Set("n", 1), Timestamp: at},
		analytics.Screen{MessageId: "go-screen", UserId: "go-1", Name: "Home", Timestamp: at},
		analytics.Group{MessageId: "go-group", UserId: "go-1", GroupId: "g1", Traits: analytics.NewTraits().SetName("Acme"), Timestamp: at},
	}
}

// sendSegment sends messages by Segment's own library, pointed at a server by
// its address only, and waits until each was answered.
func sendSegment(t *testing.T, p *program, messages []analytics.Message) {
	t.Helper()
	answers := callback{t, make(chan string, len(messages))}
	client, err := analytics.NewWithConfig(p.key, analytics.Config{
		Endpoint: p.url, BatchSize: len(messages), Interval: 50 * time.Millisecond, Callback: answers,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if err := client.Enqueue(m); err != nil {
			t.Fatal(err)
		}
	}
	for range messages {
		if failed := <-answers.done; failed != "" {
			t.Error(failed)
		}
	}
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestSegmentsGoLibrary: every type of call arrives once, also when it is sent
// again to a server that was started anew meanwhile.
func TestSegmentsGoLibrary(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	messages := segmentCalls(time.Now().Add(-time.Minute))
	for _, round := range []string{"once", "again, after a restart"} {
		p := startServer(t, data, key)
		sendSegment(t, p, messages)
		sendSegment(t, p, messages[:2])
		var who personFile
		if _, err := p.call(http.MethodGet, "/v1/contacts/external_id:go-1/export", nil, &who); err != nil {
			t.Fatal(err)
		}
		if c := who.Contact; c.Email != "go@example.com" || c.Name != "Grace Hopper" || c.Properties["plan"] != "pro" || c.Properties["company"] != "Acme" {
			t.Errorf("%s: the contact is %+v", round, c)
		}
		want := []string{"Read Pricing", "Screen Home", "Signed Up", "from June", "https://shop.example/pricing"}
		if got := who.told(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", round, got, want)
		}
		if err := p.command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.command.Wait()
	}
}
