package automation_test

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/mail"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// changeLog counts the log for reports, as the program does.
type changeLog struct{ uses *workspace.Service }

func (c changeLog) CountedChanges(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis, visit func(report.ChangeCount)) (int64, error) {
	return c.uses.CountChanges(ctx, w, from, to, func(n workspace.ChangeCount) {
		visit(report.ChangeCount{At: n.At, Actor: n.Actor, Counted: !n.Silent, Changes: n.Changes})
	})
}

func (c changeLog) TimeZone(context.Context, journal.WorkspaceID) (string, error) {
	return "Europe/Paris", nil
}

// usualWeeks fills five weeks of Mondays and Tuesdays.
func (o *office) usualWeeks(t *testing.T) {
	for _, day := range []string{
		"2026-10-05", "2026-10-06", "2026-10-12", "2026-10-13", "2026-10-19", "2026-10-20", "2026-10-26", "2026-10-27", "2026-11-02", "2026-11-03", "2026-11-09",
	} {
		o.enter(t, day, 20, 0)
	}
}

// looked waits until every alert has looked at the present moment.
func (o *office) looked(t *testing.T, what string) (out []automation.AlertAnswer) {
	t.Helper()
	until(t, what, func() bool {
		all, err := o.ListAlerts(t.Context(), o.w)
		if err != nil {
			t.Fatal(err)
		}
		out = all
		return !slices.ContainsFunc(all, func(a automation.AlertAnswer) bool { return a.CheckedAt == nil || !a.CheckedAt.Time().Equal(o.Now()) })
	})
	return out
}

func logAlert(name string, d automation.Direction, actor string, to automation.Target) automation.AlertInput {
	return automation.AlertInput{Name: &name, Metric: new(automation.LogChanges), Direction: &d, Actor: &actor, By: new(0.0), Target: &to}
}

// TestAlertOfASpike has too much happen on one day, and nothing a week later.
func TestAlertOfASpike(t *testing.T) {
	t.Parallel()
	hooks := startHooks(t)
	o := newOffice(t, mail.Settings{}, true)
	o.usualWeeks(t)
	made, err := o.AddAlert(t.Context(), o.w, logAlert("The log", automation.Rises, "", automation.Target{Webhook: hooks.URL}))
	if err != nil {
		t.Fatal(err)
	}
	hooks.mu.Lock()
	hooks.secret = *made.Secret
	hooks.mu.Unlock()
	if _, err := o.AddAlert(t.Context(), o.w, logAlert("Imports", automation.Rises, "import", automation.Target{Webhook: hooks.URL + "/imports"})); err != nil {
		t.Fatal(err)
	}
	if a := o.looked(t, "the first look")[0]; a.Firing || a.Found == nil || a.Found.Value != 20 || a.Found.Usual != 20 || a.Found.Range.To.String() != "2026-11-09" {
		t.Errorf("%+v %+v", a, a.Found)
	}
	o.pass(6 * time.Hour)
	o.enter(t, "2026-11-10", 45, 0)
	o.pass(time.Hour)
	both := o.looked(t, "the spike of a day that is not over")
	if a := both[0]; !a.Firing || a.Found.Value != 45 || !strings.Contains(a.Why, "45 changes of stage on 2026-11-10; usual is 20.0") {
		t.Errorf("%+v %+v", a, a.Found)
	}
	if both[1].Firing || both[1].Found.Value != 0 {
		t.Errorf("no import was made: %+v", both[1])
	}
	o.pass(24 * time.Hour)
	if a := o.looked(t, "the day after")[0]; !a.Firing {
		t.Error("the event is over before its day was read whole")
	}
	o.pass(24 * time.Hour)
	if a := o.looked(t, "two days after")[0]; a.Firing {
		t.Errorf("%+v", a)
	}
	until(t, "the alarm", func() bool { _, payloads := hooks.got(); return len(payloads) > 0 })
	_, payloads := hooks.got()
	var told struct {
		Data struct{ Metric, Link string }
	}
	if err := json.Unmarshal([]byte(payloads[0]), &told); err != nil || len(payloads) != 1 || len(hooks.wrong) > 0 {
		t.Fatalf("%v: %v %v", err, payloads, hooks.wrong)
	}
	if want := "https://tidemark.example.com/log?" + (url.Values{"from": {"2026-11-10"}, "to": {"2026-11-10"}}).Encode(); told.Data.Metric != "changes" || told.Data.Link != want {
		t.Errorf("%+v", told.Data)
	}
}

// TestAlertOfADrop is told by a real mail server, when the quiet day is over.
func TestAlertOfADrop(t *testing.T) {
	t.Parallel()
	server := startMail(t)
	o := newOffice(t, mail.Settings{Host: "127.0.0.1", Port: server.port, From: "Tidemark <reports@example.com>", TLS: mail.None}, true)
	o.usualWeeks(t)
	if _, err := o.AddAlert(t.Context(), o.w, logAlert("Quiet", automation.Falls, "", automation.Target{Emails: []string{"ada@example.com"}})); err != nil {
		t.Fatal(err)
	}
	o.pass(12 * time.Hour)
	if a := o.looked(t, "the quiet day while it lasts")[0]; a.Firing {
		t.Errorf("a day that is not over has dropped: %+v", a)
	}
	o.pass(12 * time.Hour)
	if a := o.looked(t, "the quiet day")[0]; !a.Firing || a.Found.Value != 0 {
		t.Errorf("%+v %+v", a, a.Found)
	}
	until(t, "a letter", func() bool { return len(server.letters(t)) == 1 })
	if letter := server.letters(t)[0]; !strings.Contains(letter, "The number of stage changes is unusual") {
		t.Error(letter)
	}
}

func TestAlertsOnTheLogKnowNoFilters(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mail.Settings{}, true)
	in := logAlert("x", automation.Either, "", automation.Target{Webhook: "https://example.com/"})
	in.Query = new("source=Ads")
	_, err := o.AddAlert(t.Context(), o.w, in)
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "body.query") {
		t.Error(err)
	}
	in.Query, in.Actor, in.Metric = nil, new("user"), new(automation.Won)
	if _, err = o.AddAlert(t.Context(), o.w, in); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "body.actor") {
		t.Error(err)
	}
}
