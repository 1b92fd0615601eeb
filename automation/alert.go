package automation

import (
	"context"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// AlertInput makes or changes an alert; nil is left as it is.
type AlertInput struct {
	Name      *string    `json:"name,omitempty"`
	Enabled   *bool      `json:"enabled,omitempty"`
	Query     *string    `json:"query,omitempty" doc:"of the report page's address: its filters count, its range does not"`
	Metric    *Metric    `json:"metric,omitempty" enum:"conversion_rate,drop_off_rate,entered,won,lost,changes" doc:"changes is the log: how many stage changes a day has, as /v1/reports/changes counts and marks them"`
	Actor     *string    `json:"actor,omitempty" enum:"user,api,workflow,form,import,bulk," doc:"of changes: only those of one kind of actor; empty = all"`
	Direction *Direction `json:"direction,omitempty" enum:"falls,rises,either"`
	By        *float64   `json:"by,omitempty" minimum:"0" maximum:"10" doc:"fraction of the usual, for example 0.2; 0 = outside of its interval, of changes a spike or a drop"`
	Days      *int       `json:"days,omitempty" minimum:"1" maximum:"92" doc:"the span that is compared with the four before it; 7 if absent"`
	Window    *int       `json:"window,omitempty" minimum:"1" maximum:"366" doc:"what became of journeys is looked at so many days after their entry, when every one had them; 14 if absent"`
	Target    *Target    `json:"target,omitempty"`
	IfMatch   *int64     `json:"-"`

	Once workspace.Idempotency `json:"-"` // of AddAlert
}

// Metric is a number of the report that an alert watches.
type Metric string

// The metrics.
const (
	ConversionRate Metric = "conversion_rate"
	DropOffRate    Metric = "drop_off_rate"
	Entered        Metric = "entered"
	Won            Metric = "won"
	Lost           Metric = "lost"
	LogChanges     Metric = "changes"
)

var metrics = []Metric{ConversionRate, DropOffRate, Entered, Won, Lost, LogChanges}

// Direction is where a number has to go.
type Direction string

// The directions.
const (
	Falls  Direction = "falls"
	Rises  Direction = "rises"
	Either Direction = "either"
)

// AlertAnswer is a rule on a number of the report.
type AlertAnswer struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Enabled   bool      `json:"enabled"`
	Query     string    `json:"query"`
	Metric    Metric    `json:"metric" enum:"conversion_rate,drop_off_rate,entered,won,lost,changes"`
	Actor     *string   `json:"actor" enum:"user,api,workflow,form,import,bulk" doc:"of changes; null = all"`
	Direction Direction `json:"direction" enum:"falls,rises,either"`
	By        float64   `json:"by"`
	Days      int       `json:"days"`
	Window    int       `json:"window"`
	Target    Target    `json:"target"`

	Firing    bool              `json:"firing" doc:"it fired and the number is not back yet"`
	Why       string            `json:"why" doc:"what the last look found, in words"`
	Found     *Found            `json:"found" doc:"what the last look found, in numbers; null before it, and where the report refused"`
	CheckedAt *lifecycle.Millis `json:"checked_at"`
	FiredAt   *lifecycle.Millis `json:"fired_at" doc:"when it fired last"`
	Secret    *string           `json:"webhook_secret" doc:"signs the webhook's calls; shown once, when the webhook is set"`
	Edit      int64             `json:"-"`
}

// EditNumber is where the answer has it.
func (a *AlertAnswer) EditNumber() *int64 { return &a.Edit }

func (a *AlertAnswer) secret() *string { return a.Secret }

// Found is what a look at a number found.
type Found struct {
	Known   bool          `json:"known" doc:"there was enough to say anything; without it value and usual mean nothing"`
	Unusual bool          `json:"unusual" doc:"it is beyond the limit"`
	Value   float64       `json:"value"`
	Usual   float64       `json:"usual"`
	Range   report.Range  `json:"range" doc:"the days that were looked at"`
	Before  *report.Range `json:"before" doc:"the days that say what is usual; null of changes, where the same weekdays of twelve weeks do"`
}

type alertBody struct {
	Name, Query    string
	Enabled        bool
	Metric         Metric
	Actor          string
	Direction      Direction
	By             float64
	Days, Window   int
	Target         Target
	Secret         string
	Firing         bool
	Why            string
	Found          *Found
	Checked, Fired lifecycle.Millis
}

func alerts() workspace.Shelf[alertBody] {
	return workspace.Shelf[alertBody]{Kind: workspace.SavedAlert, Noun: "alert", Most: 100}
}

func alertAnswer(k workspace.Kept[alertBody]) AlertAnswer {
	b := k.Body
	out := AlertAnswer{
		ID: k.ID, Name: b.Name, Enabled: b.Enabled, Query: b.Query, Metric: b.Metric, Direction: b.Direction, By: b.By,
		Days: b.Days, Window: b.Window, Target: b.Target, Firing: b.Firing, Why: b.Why, Found: b.Found, Edit: k.Edit,
	}
	if b.Actor != "" {
		out.Actor = &b.Actor
	}
	if b.Checked != 0 {
		out.CheckedAt = &b.Checked
	}
	if b.Fired != 0 {
		out.FiredAt = &b.Fired
	}
	return out
}

// take sets a value that was given.
func take[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// change applies an input. Another rule is looked at anew.
func (b *alertBody) change(in AlertInput, post Post) (secret string, err error) {
	take(&b.Name, in.Name)
	take(&b.Enabled, in.Enabled)
	take(&b.Query, in.Query)
	take(&b.Metric, in.Metric)
	take(&b.Actor, in.Actor)
	take(&b.Direction, in.Direction)
	take(&b.By, in.By)
	take(&b.Days, in.Days)
	take(&b.Window, in.Window)
	b.Name, b.Query = strings.TrimSpace(b.Name), strings.TrimPrefix(b.Query, "?")
	b.Firing, b.Why, b.Found, b.Checked = false, "", nil, 0
	if in.Target != nil {
		secret = retarget(&b.Target, &b.Secret, *in.Target)
	}
	return secret, b.check(post)
}

func (b *alertBody) check(post Post) error {
	var f faults
	f.name(b.Name)
	f.query(b.Query)
	if !slices.Contains(metrics, b.Metric) {
		f.Add("body.metric", "is not one of conversion_rate, drop_off_rate, entered, won, lost and changes")
	}
	b.checkLog(&f)
	switch b.Direction {
	case Falls, Rises, Either:
	default:
		f.Add("body.direction", "is not one of falls, rises and either")
	}
	if b.By < 0 || b.By > 10 {
		f.Add("body.by", "is not from %d to %d", fault.Named("min", 0), fault.Named("max", 10)).Coded("not_between")
	}
	if b.Days < 1 || b.Days > 92 {
		f.Add("body.days", "is not from %d to %d", fault.Named("min", 1), fault.Named("max", 92)).Coded("not_between")
	}
	if b.Window < 1 || b.Window > 366 {
		f.Add("body.window", "is not from %d to %d", fault.Named("min", 1), fault.Named("max", 366)).Coded("not_between")
	}
	f.target(b.Target, post)
	return f.Err()
}

// ListAlerts lists the alerts in order of creation.
func (s *Service) ListAlerts(ctx context.Context, w journal.WorkspaceID) (out []AlertAnswer, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		all, err := alerts().All(r.Saved(), w)
		for _, k := range all {
			out = append(out, alertAnswer(k))
		}
		return err
	})
	return out, err
}

// AddAlert makes an alert. It looks at its number at once.
func (s *Service) AddAlert(ctx context.Context, w journal.WorkspaceID, in AlertInput) (out AlertAnswer, err error) {
	body := alertBody{Enabled: true, Direction: Either, Days: 7, Window: 14}
	secret, err := body.change(in, s.post)
	if err != nil {
		return out, err
	}
	out, err = workspace.WriteSecretOnce(ctx, s.store, s.now(), w, in.Once, (*AlertAnswer).secret, func(tx workspace.Tx) (AlertAnswer, error) {
		k, err := alerts().Add(tx.Saved(), w, body, s.now())
		out := alertAnswer(k)
		out.Secret = journal.OrNil(secret)
		return out, err
	})
	s.soon()
	return out, err
}

// EditAlert changes an alert.
func (s *Service) EditAlert(ctx context.Context, w journal.WorkspaceID, id string, in AlertInput) (out AlertAnswer, err error) {
	err = s.store.Write(ctx, func(tx workspace.Tx) error {
		k, err := alerts().Get(tx.Saved(), w, id, in.IfMatch)
		if err != nil {
			return err
		}
		secret, err := k.Body.change(in, s.post)
		if err != nil {
			return err
		}
		err = k.Save(tx.Saved())
		out = alertAnswer(k)
		out.Secret = journal.OrNil(secret)
		return err
	})
	s.soon()
	return out, err
}

// RemoveAlert forgets an alert.
func (s *Service) RemoveAlert(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.store.Write(ctx, func(tx workspace.Tx) error {
		return alerts().Remove(tx.Saved(), w, id)
	})
}
