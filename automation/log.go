package automation

import (
	"context"
	"fmt"
	"net/url"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// checkLog says what is wrong with a rule on the log, and with an actor
// elsewhere.
func (b *alertBody) checkLog(f *faults) {
	if b.Metric != LogChanges {
		if b.Actor != "" {
			f.Add("body.actor", "goes with the metric changes only")
		}
		return
	}
	if q, err := report.ParsePage(b.Query, "query"); err == nil && (len(q.Filters) > 0 || q.Segment != "") {
		f.Add("body.query", "has filters, which the log does not know: it is by actor")
	}
}

// findInLog looks at the log: at today, if it has too many changes already,
// else at yesterday, which is over.
func (s *Service) findInLog(ctx context.Context, w journal.WorkspaceID, b *alertBody, today report.Date) (finding, error) {
	yesterday := today - 1
	q := report.ChangesQuery{Query: report.Query{From: &yesterday, To: &today, Compare: report.CompareNone}, Actor: journal.ActorKind(b.Actor)}
	log, err := s.reports.LogByDay(ctx, w, q)
	if err != nil {
		return finding{}, err
	}
	over, begun := b.judgeDay(&log.Days[0]), b.judgeDay(&log.Days[1])
	day, v := yesterday, over
	if begun.fires && begun.value > begun.usual {
		day, v = today, begun
	}
	span := log.Range
	span.From, span.To = day, day
	return finding{verdict: v, why: b.daySentence(v, span), span: span, link: s.link("/log", b.logQuery(day))}, nil
}

func (b *alertBody) judgeDay(d *report.ChangeDay) verdict {
	if d.Usual == nil {
		return verdict{}
	}
	return judgeDay(b.rule(), d.Count, *d.Usual, *d.Score)
}

// logQuery is the address of a day on the page of the log.
func (b *alertBody) logQuery(day report.Date) string {
	values := url.Values{"from": {day.String()}, "to": {day.String()}}
	if b.Actor != "" {
		values.Set("actor", b.Actor)
	}
	return values.Encode()
}

// daySentence says what was seen in the log, and measured against what.
func (b *alertBody) daySentence(v verdict, day report.Range) string {
	by := ""
	if b.Actor != "" {
		by = " by " + b.Actor
	}
	if !v.known {
		return "Too little to say anything: the log has fewer than four days before " + day.From.String() + " of the same weekday."
	}
	return fmt.Sprintf("The log has %.0f changes of stage%s on %s; usual is %.1f, as on the same weekday of the twelve weeks before. ",
		v.value, by, day.From, v.usual) + b.limitText(v)
}
