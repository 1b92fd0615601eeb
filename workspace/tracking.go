package workspace

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// Tracking is how a workspace reads its own traffic.
type Tracking struct {
	Domains []string       `json:"domains" doc:"of the site itself, with all hosts below them: what comes from there starts no touch"`
	Rules   []touch.Rule   `json:"rules" doc:"asked in this order before everything else; fields that one leaves empty are filled as without it"`
	Numbers []touch.Number `json:"numbers" doc:"phone numbers that are shown to visitors of a source, so that a call tells where it came from"`
	Ignore  []string       `json:"ignore" doc:"addresses and networks (192.0.2.0/24) of the own people: their visits are counted apart"`
	Consent ConsentMode    `json:"consent" enum:"implied,required" doc:"what the snippet of the dashboard asks for"`
	// RetentionDays bounds how long visits are kept of whoever never became a
	// contact; see ForgetOld.
	RetentionDays *int  `json:"retention_days" required:"false" minimum:"1" maximum:"3650" nullable:"true" doc:"visits of people who never became a contact are removed for good after so many days; null keeps them"`
	Edit          int64 `json:"-"`
}

// ConsentMode says whether the site asks before anybody is known.
type ConsentMode string

// The modes.
const (
	ConsentImplied  ConsentMode = "implied"
	ConsentRequired ConsentMode = "required"
)

const (
	maxRules     = 200
	maxRetention = 3650
)

func trackings() Shelf[Tracking] { return Shelf[Tracking]{SavedTracking, "tracking", 1} }

// tracking returns what is set, or what a workspace begins with.
func tracking(r SavedReader, w journal.WorkspaceID) (k Kept[Tracking], err error) {
	all, err := trackings().All(r, w)
	if err != nil {
		return k, err
	}
	if len(all) > 0 {
		k = all[0]
	} else {
		k.Body = Tracking{Domains: []string{}, Rules: []touch.Rule{}, Numbers: []touch.Number{}, Ignore: []string{}, Consent: ConsentImplied}
	}
	k.Body.Edit = k.Edit
	return k, nil
}

// GetTracking returns how the workspace reads its traffic.
func (s *Service) GetTracking(ctx context.Context, w journal.WorkspaceID) (out Tracking, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		k, err := tracking(r.Saved(), w)
		out = k.Body
		return err
	})
	return out, err
}

// SetTracking replaces it. What was counted before stays as it was read then.
func (s *Service) SetTracking(ctx context.Context, w journal.WorkspaceID, next Tracking, ifMatch *int64) (out Tracking, err error) {
	if err := next.clean(); err != nil {
		return out, err
	}
	defer s.sites.forget(w)
	err = s.store.Write(ctx, func(tx Tx) error {
		k, err := tracking(tx.Saved(), w)
		if err != nil {
			return err
		}
		if ifMatch != nil && *ifMatch != k.Edit {
			return errEdited()
		}
		if k.ID == "" {
			k, err = trackings().Add(tx.Saved(), w, next, s.now())
		} else {
			k.Body = next
			err = k.Save(tx.Saved())
		}
		out = k.Body
		out.Edit = k.Edit
		return err
	})
	return out, err
}

// clean trims what people type around values, and says what is wrong.
func (t *Tracking) clean() error {
	var k checker
	for _, list := range []int{len(t.Domains), len(t.Rules), len(t.Numbers), len(t.Ignore)} {
		if list > maxRules {
			k.Add("body", "has a list of %d, more than %d", list, fault.Named("max", maxRules)).Coded("beyond_limit")
			return k.Err()
		}
	}
	for i := range t.Domains {
		t.Domains[i] = *k.text(at("domains", i), &t.Domains[i], maxIdentifier)
		if t.Domains[i] == "" || strings.ContainsAny(t.Domains[i], " ") {
			k.Add(at("domains", i), "is not a domain like example.com").Coded("not_a_domain", fault.Named("value", t.Domains[i]))
		}
	}
	for i := range t.Rules {
		k.rule(at("rules", i), &t.Rules[i])
	}
	for i := range t.Numbers {
		k.number(at("numbers", i), &t.Numbers[i])
	}
	for i := range t.Ignore {
		t.Ignore[i] = strings.TrimSpace(t.Ignore[i])
		if _, err := network(t.Ignore[i]); err != nil {
			k.Add(at("ignore", i), "is not an address or a network like 192.0.2.0/24").Coded("not_a_network", fault.Named("value", t.Ignore[i]))
		}
	}
	if t.Consent != ConsentImplied && t.Consent != ConsentRequired {
		k.Add("body.consent", "is not one of implied and required")
	}
	if days := t.RetentionDays; days != nil && (*days < 1 || *days > maxRetention) {
		k.Add("body.retention_days", "is not between %d and %d", fault.Named("min", 1), fault.Named("max", maxRetention)).Coded("not_between")
	}
	return k.Err()
}

func at(list string, i int) string { return fmt.Sprintf("body.%s[%d]", list, i) }

func (k *checker) rule(where string, r *touch.Rule) {
	r.Host = *k.text(where+".host", &r.Host, maxIdentifier)
	r.Parameter = *k.text(where+".parameter", &r.Parameter, maxIdentifier)
	r.Value = *k.text(where+".value", &r.Value, maxIdentifier)
	r.Source = *k.source(where+".source", &r.Source)
	if r.Host == "" && r.Parameter == "" {
		k.Add(where, "needs a host of the referrer or a parameter of the page").Coded("needs_condition")
	}
	if r.Source.IsZero() {
		k.Add(where+".source", "needs at least one field").Coded("needs_source")
	}
}

func (k *checker) number(where string, n *touch.Number) {
	n.Number = *k.text(where+".number", &n.Number, maxIdentifier)
	n.Source = *k.source(where+".source", &n.Source)
	if !isPhone(n.Number) {
		k.Add(where+".number", "is not a phone number").Coded("not_a_phone")
	}
	if n.Source.IsZero() {
		k.Add(where+".source", "needs at least one field").Coded("needs_source")
	}
}

// network reads an address or a network.
func network(text string) (netip.Prefix, error) {
	if ip, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen()), nil
	}
	return netip.ParsePrefix(text)
}

// Classifier says where views come from by the lists and these rules.
func (s *Service) Classifier(t *Tracking) *touch.Classifier {
	own := touch.Rules{Rules: slices.Clone(t.Rules)}
	for _, domain := range t.Domains {
		own.Own = append(own.Own, asciiHost(domain))
	}
	for i := range own.Rules {
		own.Rules[i].Host = asciiHost(own.Rules[i].Host)
	}
	return touch.NewClassifier(s.places, own)
}

// ClassifyInput is a view of a page to try the rules on.
type ClassifyInput struct {
	Page     string        `json:"page" maxLength:"4096" doc:"the address with its parameters"`
	Referrer string        `json:"referrer,omitempty" maxLength:"4096"`
	Rules    *[]touch.Rule `json:"rules,omitempty" doc:"tried instead of those that are saved"`
}

// ClassifyAnswer is how a view is read.
type ClassifyAnswer struct {
	Source journal.SourceView `json:"source"`
	UTM    journal.UTMView    `json:"utm"`
	Click  *string            `json:"click_id" doc:"the name of the click id that the address has"`
	Rule   *int               `json:"rule" doc:"the place of the own rule that decided, from 0; null when none did"`
	Inside bool               `json:"inside" doc:"it came from the site itself or from a payment, and starts no touch"`
	Number *string            `json:"number" doc:"the phone number that is shown"`
}

// Classify tells how a view would be read.
func (s *Service) Classify(ctx context.Context, w journal.WorkspaceID, in ClassifyInput) (out ClassifyAnswer, err error) {
	t, err := s.GetTracking(ctx, w)
	if err != nil {
		return out, err
	}
	if in.Rules != nil {
		t.Rules = *in.Rules
		if err := t.clean(); err != nil {
			return out, err
		}
	}
	c, view := s.Classifier(&t), touch.View{Page: in.Page, Referrer: in.Referrer}
	a := c.Classify(view)
	out = ClassifyAnswer{Source: journal.ViewSource(a.Source), UTM: journal.ViewUTM(a.UTM), Click: journal.OrNil(a.Click.Name), Inside: a.Inside}
	if i, ok := c.RuleOf(view); ok {
		out.Rule = &i
	}
	if number := touch.Numbers(t.Numbers).For(a.Source); number != "" {
		out.Number = &number
	}
	return out, nil
}
