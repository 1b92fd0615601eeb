package automation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"math"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// message is what one event says, in every form.
type message struct {
	Subject string          `json:"subject"`
	Text    string          `json:"text"`
	HTML    string          `json:"html"`
	Payload json.RawMessage `json:"payload"`
}

// figure is one line of a message.
type figure struct{ Label, Value, Difference string }

// letter is what the templates are filled with.
type letter struct {
	Title, Lead, Reading, Link, Foot string
	Figures                          []figure
}

const textLetter = `{{.Title}}

{{.Lead}}
{{range .Figures}}
{{.Label}}: {{.Value}}{{if .Difference}} ({{.Difference}}){{end}}{{end}}
{{if .Reading}}
{{.Reading}}
{{end}}
{{.Link}}

{{.Foot}}
`

const htmlLetter = `<!doctype html><html lang="en"><body style="margin:0;background:#f7f5f0;color:#23201b;font:16px/1.5 Georgia,serif">
<div style="max-width:560px;margin:0 auto;padding:24px">
<h1 style="font-size:20px;margin:0 0 4px">{{.Title}}</h1>
<p style="margin:0 0 16px;color:#5c564c">{{.Lead}}</p>
<table role="presentation" style="width:100%;border-collapse:collapse">{{range .Figures}}
<tr><td style="padding:8px 0;border-top:1px solid #ddd8cc">{{.Label}}</td><td style="padding:8px 0;border-top:1px solid #ddd8cc;text-align:right"><b>{{.Value}}</b>{{if .Difference}}<br><span style="color:#5c564c;font-size:14px">{{.Difference}}</span>{{end}}</td></tr>{{end}}
</table>{{if .Reading}}
<p style="margin:16px 0">{{.Reading}}</p>{{end}}
<p style="margin:16px 0"><a href="{{.Link}}" style="color:#1f5d6b">Open it in Tidemark</a></p>
<p style="margin:24px 0 0;color:#5c564c;font-size:13px">{{.Foot}}</p>
</div></body></html>
`

// render writes a letter in both forms.
func (l letter) render() (text, html string, err error) {
	var t, h strings.Builder
	asText, err := texttemplate.New("text").Parse(textLetter)
	if err == nil {
		err = asText.Execute(&t, l)
	}
	if err != nil {
		return "", "", err
	}
	asHTML, err := template.New("html").Parse(htmlLetter)
	if err == nil {
		err = asHTML.Execute(&h, l)
	}
	return t.String(), h.String(), err
}

// hookPayload is what a webhook gets, in the form of the Standard Webhooks.
type hookPayload struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      any       `json:"data"`
}

type digestData struct {
	ID        string             `json:"id"`
	Name      string             `json:"name"`
	Workspace string             `json:"workspace"`
	Link      string             `json:"link"`
	Reading   string             `json:"reading"`
	Range     report.Range       `json:"range"`
	Summary   *report.Summary    `json:"summary"`
	Compare   *report.Comparison `json:"compare"`
}

// compose asks the report of a digest and writes it down.
func (s *Service) compose(ctx context.Context, w journal.WorkspaceID, k workspace.Kept[digestBody]) (message, error) {
	q, err := report.ParsePage(k.Body.Query, "query")
	if err != nil {
		return message{}, err
	}
	q.GroupBy = ""
	_, settings, err := s.zone(ctx, w)
	if err != nil {
		return message{}, err
	}
	r, err := s.reports.Lifecycle(ctx, w, q)
	if err != nil {
		return message{}, err
	}
	if r.Summary == nil {
		return message{}, errors.New("the report has no summary")
	}
	l := letter{
		Title: k.Body.Name, Lead: lead(settings.Name, &r), Figures: figures(&r), Reading: reading(&r),
		Link: s.link("/", k.Body.Query), Foot: fmt.Sprintf("Tidemark sends this every %s. It can be changed or stopped under Digests.", k.Body.Schedule.Every),
	}
	data := digestData{k.ID, k.Body.Name, settings.Name, l.Link, l.Reading, r.Range, r.Summary, r.Compare}
	subject := fmt.Sprintf("%s: %s conversion, %d entered", k.Body.Name, percent(r.Summary.ConversionRate), r.Summary.Entered)
	return s.write(l, subject, "report.digest", data)
}

// write makes a message of a letter and of its data.
func (s *Service) write(l letter, subject, kind string, data any) (m message, err error) {
	m.Subject = strings.Join(strings.Fields(subject), " ")
	if m.Text, m.HTML, err = l.render(); err != nil {
		return m, err
	}
	m.Payload, err = json.Marshal(hookPayload{kind, s.options.Clock().UTC().Truncate(time.Second), data})
	return m, err
}

// link is the address of a page of the dashboard.
func (s *Service) link(path, query string) string {
	link := s.options.Link() + path
	if query != "" {
		link += "?" + query
	}
	return link
}

func lead(name string, r *report.Result) string {
	text := fmt.Sprintf("%s, %s. %d entered: %d won, %d lost, %d left, %d still open.", name, days(r.Range),
		r.Summary.Entered, r.Summary.Won, r.Summary.Lost, r.Summary.Left, r.Summary.Open)
	if r.Compare != nil {
		text += fmt.Sprintf(" Compared with %s.", days(r.Compare.Range))
	}
	return text
}

func days(r report.Range) string {
	if r.From == r.To {
		return r.From.String()
	}
	return r.From.String() + " to " + r.To.String()
}

// figures are the four of the report, with their differences.
func figures(r *report.Result) []figure {
	s, d := r.Summary, report.Difference{}
	if r.Compare != nil {
		d = r.Compare.Difference
	}
	return []figure{
		{"Conversion rate", percent(s.ConversionRate), points(d.ConversionRatePoints)},
		{"Average time to conversion", duration(s.TimeToConversion.Mean), change(d.TimeToConversion)},
		{"Drop-off rate", percent(s.DropOffRate), points(d.DropOffRatePoints)},
		{"Average time to drop-off", duration(s.TimeToDropOff.Mean), change(d.TimeToDropOff)},
	}
}

// reading says where most is lost, as the page does.
func reading(r *report.Result) string {
	worst := -1
	for i, st := range r.Stages {
		if st.LostHere != nil && *st.LostHere > 0 && (worst < 0 || *st.LostHere > *r.Stages[worst].LostHere) {
			worst = i
		}
	}
	if worst < 0 {
		return "Nothing was lost so far."
	}
	st := r.Stages[worst]
	text := fmt.Sprintf("More losses happen in %s than in any other stage: %d of %d", st.Stage.Name, *st.LostHere, r.Summary.Lost)
	if len(st.TopReasons) > 0 {
		text += ", most often " + st.TopReasons[0].Stage.Name
	}
	return text + "."
}

func percent(rate *float64) string {
	if rate == nil {
		return "no"
	}
	return fmt.Sprintf("%.1f %%", *rate*100)
}

func points(p *float64) string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf("%+.1f points", *p*100)
}

func change(c *float64) string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf("%+.0f %%", *c*100)
}

// duration writes seconds in the largest unit that fits twice.
func duration(seconds *float64) string {
	if seconds == nil {
		return "none yet"
	}
	s := *seconds
	switch {
	case s >= 2*86400:
		return fmt.Sprintf("%.1f days", s/86400)
	case s >= 2*3600:
		return fmt.Sprintf("%.1f hours", s/3600)
	case s >= 120:
		return fmt.Sprintf("%.0f minutes", math.Round(s/60))
	}
	return fmt.Sprintf("%.0f seconds", s)
}

// shown is an error as people may read it.
func shown(err error) string {
	if text, ok := fault.Reason(err); ok {
		return text
	}
	return "It failed on our side; the server's log has the details."
}
