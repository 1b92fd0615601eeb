package destination

import (
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/tidemark/tidemark/lifecycle"
)

// Service is what can be set of a service, and how it is spoken to.
type Service struct {
	Kind    Kind
	Use     Use              // nothing goes there of who refused it
	Pulls   bool             // it fetches a file instead of being called
	Fields  []Field          // settings and secrets
	Names   map[What]string  // what can be told, and what that is usually called there; "" = the stage's key
	Mapping []Pair           // of a new destination
	MaxAge  lifecycle.Millis // older events are not taken

	wrongName   func(string) string // of an event
	wrongTarget func(string) string // of a mapping; nil = there is none
	build       func(*Setup, *Event, Context) (Request, error)
	judge       func(Answer) Verdict
	token       func(*Setup, Context) Request // nil = none is needed
}

// Field is one setting.
type Field struct {
	Name     string   `json:"name"`
	Required bool     `json:"required"`
	Secret   bool     `json:"secret" doc:"goes into secrets, and is never shown again"`
	Made     bool     `json:"made" doc:"made by the server if it is not given, and then shown once"`
	Choices  []string `json:"choices" doc:"the first one holds if it is not set"`
	Pattern  string   `json:"pattern" doc:"a regular expression that it must match; empty = any text"`
	Example  string   `json:"example"`
}

// What a service is not told of any more, as its events are older.
const (
	day     = lifecycle.Millis(24 * 60 * 60 * 1000)
	usually = 7 * day
)

func services() map[Kind]Service {
	return map[Kind]Service{
		Webhook: webhook(), GA4: ga4(), Meta: meta(), GoogleAds: googleAds(), HubSpot: hubSpot(), Salesforce: salesforce(),
	}
}

// Services lists all, in the order of Kinds.
func Services() []Service {
	all := services()
	out := make([]Service, len(Kinds))
	for i, kind := range Kinds {
		out[i] = all[kind]
		for j := range out[i].Fields {
			if f := &out[i].Fields[j]; f.Choices == nil {
				f.Choices = []string{}
			}
		}
	}
	return out
}

// Service returns what is set up; its Kind is "" of an unknown one.
func (s *Setup) Service() Service { return services()[s.Kind] }

// Maps reports whether it has fields that a mapping fills.
func (s *Service) Maps() bool { return s.wrongTarget != nil }

// MaxAgeDays is MaxAge in days.
func (s *Service) MaxAgeDays() int64 { return int64(s.MaxAge / day) }

// Whats lists what the service can be told.
func (s *Service) Whats() (out []What) {
	for _, what := range Whats {
		if _, ok := s.Names[what]; ok {
			out = append(out, what)
		}
	}
	return out
}

// Request makes what is sent of an event. An error is an Unfit: the service
// cannot be told of it, or must not.
func (s *Setup) Request(e *Event, c Context) (Request, error) {
	service := s.Service()
	switch {
	case service.build == nil:
		return Request{}, Unfit("There is no such kind of destination.")
	case e.Contact.refuses(service.Use):
		return Request{}, Unfit("The contact said no to " + string(service.Use) + " (its property consent_" + string(service.Use) + ").")
	case !e.Test && c.Now-e.At > service.MaxAge:
		return Request{}, Unfit(fmt.Sprintf("It is older than the %d days that the service takes.", service.MaxAge/day))
	}
	r, err := service.build(s, e, c)
	r.secrets = append(r.secrets, c.Token)
	return r.hidden(s.Secrets), err
}

// Token makes the request for an access token; ok is false if none is needed.
func (s *Setup) Token(c Context) (r Request, ok bool) {
	service := s.Service()
	if service.token == nil {
		return Request{}, false
	}
	return service.token(s, c).hidden(s.Secrets), true
}

// Judge says what an answer means.
func (s *Setup) Judge(a Answer) Verdict {
	if service := s.Service(); service.judge != nil {
		return service.judge(a)
	}
	return judge(a)
}

// setting is a setting, or the first of its choices.
func (s *Setup) setting(name string) string {
	if value := s.Settings[name]; value != "" {
		return value
	}
	for _, f := range s.Service().Fields {
		if f.Name == name && len(f.Choices) > 0 {
			return f.Choices[0]
		}
	}
	return ""
}

// matching makes a check of names.
func matching(pattern, says string) func(string) string {
	return func(name string) string {
		if regexp.MustCompile(pattern).MatchString(name) {
			return ""
		}
		return says
	}
}

// short takes any name of one line up to a length.
func short(most int) func(string) string {
	return func(name string) string {
		if name == "" || utf8.RuneCountInString(name) > most || regexp.MustCompile(`[\x00-\x1f\x7f]`).MatchString(name) {
			return fmt.Sprintf("must be one line of 1 to %d characters", most)
		}
		return ""
	}
}
