package workspace_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/workspace"
)

// stages gives the workspace its stages: "new hot | won | fan | lost | other"
// are progress, won, beyond, lost and aside. They are numbered from 101.
func (o *office) stages(text string) {
	o.t.Helper()
	kinds := []lifecycle.Kind{lifecycle.Progress, lifecycle.Won, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside}
	err := o.record.Write(o.t.Context(), func(tx *record.Tx) error {
		now, err := tx.Configuration(o.w)
		if err != nil {
			return err
		}
		next := now.Configuration
		next.Edit++
		next.Lifecycle.Stages = nil
		for i, part := range strings.Split(text, "|") {
			for key := range strings.FieldsSeq(part) {
				id := lifecycle.StageID(101 + len(next.Lifecycle.Stages))
				next.Lifecycle.Stages = append(next.Lifecycle.Stages, lifecycle.Stage{ID: id, Key: key, Name: strings.ToUpper(key), Kind: kinds[i]})
			}
		}
		next.NextStage = 200
		_, err = tx.SaveConfiguration(&journal.Entry{
			Workspace: o.w, Kind: journal.KindConfiguration, Actor: journal.Actor{Kind: journal.ActorUser}, Configuration: &next,
		})
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

const salesStages = "new hot paid | won | fan | lost | other"

// openSales opens an office with the stages that most tests use.
func openSales(t testing.TB) *office {
	t.Helper()
	o := openOffice(t)
	o.stages(salesStages)
	return o
}

// run imports a file and waits for its end.
func (o *office) run(file, mapping string, more ...func(*workspace.StartImportInput)) workspace.Import {
	o.t.Helper()
	started, err := o.start(strings.NewReader(file), mapping, more...)
	if err != nil {
		o.t.Fatalf("start import: %v", err)
	}
	done, err := o.WaitImport(o.t.Context(), o.w, started.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	if done.State != workspace.ImportDone {
		reason := ""
		if done.Error != nil {
			reason = *done.Error
		}
		o.t.Fatalf("the import is %s: %s", done.State, reason)
	}
	return done
}

func (o *office) start(file io.Reader, mapping string, more ...func(*workspace.StartImportInput)) (workspace.Import, error) {
	in := workspace.StartImportInput{File: file, Name: "test.csv", Mapping: []byte(mapping), Actor: journal.Actor{Kind: journal.ActorUser}}
	for _, f := range more {
		f(&in)
	}
	return o.StartImport(o.t.Context(), o.w, in)
}

func mode(m workspace.ImportMode) func(*workspace.StartImportInput) {
	return func(in *workspace.StartImportInput) { in.Mode = m }
}

func dry(in *workspace.StartImportInput) { in.DryRun = true }

// entries returns the log of the workspace's contacts.
func (o *office) entries() map[journal.ContactID][]journal.Entry {
	o.t.Helper()
	head, err := o.record.Head(o.t.Context(), o.w)
	if err != nil {
		o.t.Fatal(err)
	}
	all := map[journal.ContactID][]journal.Entry{}
	for after := int64(0); after < head; {
		err := o.record.Scan(o.t.Context(), o.w, after, head, 10_000, func(e journal.Entry) error {
			after = e.Seq
			if e.Contact != 0 {
				all[e.Contact] = append(all[e.Contact], e)
			}
			return nil
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return all
}

// told is a contact as its log tells it, folded.
type told struct {
	journal.Person
	journeys []lifecycle.Journey
}

// contacts folds every contact of the log, by external id.
func (o *office) contacts() map[string]told {
	o.t.Helper()
	c := o.configuration()
	folder := lifecycle.NewFolder(&c.Lifecycle)
	out := map[string]told{}
	for id, entries := range journal.Unite(o.entries()) {
		p := journal.ReadOf(id, entries)
		if p.Gone {
			continue
		}
		out[journal.Label(p.Fields[journal.FieldExternalID])] = told{p, folder.Fold(p.Changes)}
	}
	return out
}

func (o *office) configuration() journal.Configuration {
	o.t.Helper()
	head, err := o.record.Head(o.t.Context(), o.w)
	if err != nil {
		o.t.Fatal(err)
	}
	c, err := o.record.ConfigurationAt(o.t.Context(), o.w, head)
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// story tells all contacts, one a line: stage changes with their day, (i) for
// silent ones, and the outcomes of the journeys.
func (o *office) story() string {
	o.t.Helper()
	c := o.configuration()
	var lines []string
	for id, p := range o.contacts() {
		line := id + ":"
		lifecycle.SortChanges(p.Changes)
		for _, change := range p.Changes {
			stage, _ := c.Lifecycle.Stage(change.To)
			silent := map[bool]string{true: "(i)"}[change.Silent]
			line += fmt.Sprintf(" %s%s@%s", stage.Key, silent, change.At.Time().Format("01-02"))
		}
		for _, j := range p.journeys {
			line += " " + j.Outcome.String()
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func (o *office) wantStory(want string) {
	o.t.Helper()
	if diff := cmp.Diff(strings.TrimSpace(strings.ReplaceAll(want, "\t", "")), o.story()); diff != "" {
		o.t.Error(diff)
	}
}

// rejected returns the rejected rows as CSV, without the header.
func (o *office) rejected(id string) string {
	o.t.Helper()
	var b bytes.Buffer
	if err := o.RejectedRows(o.t.Context(), o.w, id, &b); err != nil {
		o.t.Fatal(err)
	}
	_, rows, _ := strings.Cut(b.String(), "\n")
	return rows
}

const simpleMapping = `{"id": {"field": "external_id"}, "stage": {"field": "stage"}, "day": {"field": "at"}}`

func TestImportHistory(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	got := o.run("id,stage,day\na,new,2026-01-02\nb,HOT,2026-01-02T10:00:00+02:00\na,Won,2026-01-05\nc,new,\nb,lost,2026-02-01\nd,,\n", simpleMapping)
	o.wantStory(`
		a: new@01-02 won@01-05 won
		b: hot@01-02 lost@02-01 lost
		c: new(i)@06-15
		d:`)
	want := workspace.ImportCounts{Created: 4, Moved: 5}
	if diff := cmp.Diff(want, got.ImportCounts); diff != "" {
		t.Error(diff)
	}
	notices := map[string]int64{}
	for _, n := range got.NotInReports {
		notices[n.Reason] = n.Count
		if n.Reason == "unrecorded" && !slices.Equal(n.Offers, []workspace.ImportMode{"history", "move"}) {
			t.Errorf("offers %v", n.Offers)
		}
	}
	if diff := cmp.Diff(map[string]int64{"unrecorded": 1, "no_stage": 1}, notices); diff != "" {
		t.Error(diff)
	}
	if got.Mode != workspace.ImportHistory || got.RowsDone != 6 || *got.RowsTotal != 6 || got.FinishedAt == nil {
		t.Errorf("%+v", got)
	}
	if p := o.contacts()["a"]; p.CreatedBy != "import" {
		t.Errorf("created by %q", p.CreatedBy)
	}
}

// Two files may count their rows from 1 each.
func TestImportPrefixesIds(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.run("id,stage,day\n1,new,2026-01-02\n", simpleMapping)
	o.run("id,stage,day\n1,won,2026-01-05\n", strings.Replace(simpleMapping, `"external_id"`, `"external_id", "prefix": "deal-"`, 1))
	o.wantStory(`
		1: new@01-02 open
		deal-1: won@01-05 won`)
}

func TestImportTwiceWritesOnce(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	const file = "id,stage,day\na,new,2026-01-02\na,hot,2026-01-02\na,won,2026-01-05\n"
	o.run(file, simpleMapping)
	before := o.story()
	got := o.run(file+"a,fan,2026-01-07\n", simpleMapping)
	if diff := cmp.Diff(workspace.ImportCounts{Duplicate: 3, Moved: 1}, got.ImportCounts); diff != "" {
		t.Error(diff)
	}
	o.wantStory(strings.Replace(before, " won@01-05", " won@01-05 fan@01-07", 1))
}

func TestImportCorrectionAndMove(t *testing.T) {
	t.Parallel()
	const mapping = `{"id": {"field": "external_id"}, "stage": {"field": "stage", "values": {"New*": "new", "*ot": "hot", "paid": "paid", "gone": "lost", "none": null}}}`
	const first = "id,stage\na,Newcomer\nb,hot\nc,PAID\nd,gone\ne,unheard of\nf,none\n"
	const second = "id,stage\na,hot\nb,new\nc,gone\nd,new\ng,hot\n"
	o := openSales(t)
	got := o.run(first, mapping)
	if diff := cmp.Diff(workspace.ImportCounts{Created: 6, Moved: 4, Skipped: 1}, got.ImportCounts); diff != "" || got.Mode != workspace.ImportCorrection {
		t.Error(got.Mode, diff)
	}
	if n := got.NotInReports; len(n) != 2 || n[0].Count != 4 || n[1].Count != 2 {
		t.Errorf("not in reports: %+v", n)
	}
	got = o.run(second, mapping, mode(workspace.ImportMove))
	if diff := cmp.Diff(workspace.ImportCounts{Created: 1, Moved: 4, KeptForwardOnly: 1}, got.ImportCounts); diff != "" {
		t.Error(diff)
	}
	o.wantStory(`
		a: new(i)@06-15 hot@06-15 open
		b: hot(i)@06-15
		c: paid(i)@06-15 lost@06-15 lost
		d: lost(i)@06-15 new@06-15 open
		e:
		f:
		g: hot@06-15 open`)
}

func TestImportOutsideTheFunnel(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	got := o.run("id,stage\na,other\nb,new\nb,other\n", `{"id": {"field": "external_id"}, "stage": {"field": "stage"}}`, mode(workspace.ImportMove))
	if n := got.NotInReports; len(n) != 1 || n[0].Reason != "outside" || n[0].Count != 1 {
		t.Errorf("not in reports: %+v", n)
	}
	o.wantStory(`
		a: other@06-15
		b: new@06-15 other@06-15 left`)
}

func TestImportBackwardWhereAllowed(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	off := false
	if _, err := o.EditSettings(t.Context(), o.w, workspace.EditSettingsInput{ForwardOnly: &off, Actor: journal.Actor{Kind: journal.ActorUser}}); err != nil {
		t.Fatal(err)
	}
	const mapping = `{"id": {"field": "external_id"}, "stage": {"field": "stage"}}`
	o.run("id,stage\na,hot\n", mapping, mode(workspace.ImportMove))
	if got := o.run("id,stage\na,new\n", mapping, mode(workspace.ImportMove)); got.Moved != 1 || got.KeptForwardOnly != 0 {
		t.Errorf("%+v", got.ImportCounts)
	}
}

func TestImportSeveralPairsInOneRow(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	const mapping = `{"id": {"field": "external_id"}, "entered": [{"field": "at", "stage": "hot"}, {"field": "at", "stage": "new"}],
		"end": {"field": "stage", "at_column": "ended", "format": "DD MMM, YYYY", "values": {"W": "won", "L": "lost", "N": "new"}}}`
	got := o.run("id,end,ended,entered\na,W,\"05 Feb, 2026\",2026-02-01\nb,L,\"05 Feb, 2026\",2026-02-05\nc,N,,\nd,W,,2026-02-03\ne,,,2026-02-04\n", mapping)
	o.wantStory(`
		a: new@02-01 hot@02-01 won@02-05 won
		b: new@02-05 hot@02-05 lost@02-05 lost
		c: new(i)@06-15
		d: new@02-03 hot@02-03 open
		e: new@02-04 hot@02-04 open`)
	if got.Moved != 11 {
		t.Errorf("moved %d", got.Moved)
	}
}

func TestImportFields(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	const mapping = `{"Id": {"field": "external_id"}, "Mail": {"field": "email"}, "Tel": {"field": "phone"}, "Who": {"field": "name"}, "Rep": {"field": "owner"},
		"Deal": {"field": "value"}, "Cur": {"field": "currency"}, "Ch": {"field": "source"}, "Camp": {"field": "campaign"},
		"Seats": {"field": "property.seats", "format": "number"}, "VIP": {"field": "property.vip", "format": "boolean"}, "Zip": {"field": "property.zip"}, "x": {"field": "ignore"}}`
	file := "Id;Mail;Tel;Who;Rep;Deal;Cur;Ch;Camp;Seats;VIP;Zip;x\n" +
		"1;ada@example.com;+33 1 23 45;Ada;Bo;1.054,50;;Ads;Spring;12;yes;01234;?\n" +
		"2;cy@example.com;;Cy;;22.700,00;jpy;;;;no;;\n"
	if got := o.run(file, mapping); got.Created != 2 || got.Rejected != 0 {
		t.Errorf("%+v\n%s", got.ImportCounts, o.rejected(got.ID))
	}
	const parts = `{"Id": {"field": "external_id"}, "First": {"field": "name"}, "Last": {"field": "name"}}`
	o.run("Id,First,Last\n7,Mary Ann,Evans\n8,,Sand\n", parts)
	for id, want := range map[string]string{"7": `"Mary Ann Evans"`, "8": `"Sand"`} {
		if got := string(o.contacts()[id].Fields["name"]); got != want {
			t.Errorf("contact %s has the name %s, want %s", id, got, want)
		}
	}
	ada, cy := o.contacts()["1"], o.contacts()["2"]
	fields := func(p told) map[string]string {
		out := map[string]string{}
		for name, value := range p.Fields {
			out[name] = string(value)
		}
		return out
	}
	want := map[string]string{
		"external_id": `"1"`, "email": `"ada@example.com"`, "phone": `"+33 1 23 45"`, "name": `"Ada"`, "owner": `"Bo"`,
		"value": `{"amount":105450,"currency":"EUR"}`, "property.seats": "12", "property.vip": "true", "property.zip": `"01234"`,
	}
	if diff := cmp.Diff(want, fields(ada)); diff != "" {
		t.Error(diff)
	}
	if ada.Source.Source != "Ads" || ada.Source.Campaign != "Spring" || !cy.Source.IsZero() {
		t.Errorf("sources %+v, %+v", ada.Source, cy.Source)
	}
	if got := string(cy.Fields["value"]); got != `{"amount":22700,"currency":"JPY"}` {
		t.Errorf("yen: %s", got)
	}
	got := o.run(strings.Replace(file, "Ada", "Ada L.", 1), mapping)
	if diff := cmp.Diff(workspace.ImportCounts{Updated: 1}, got.ImportCounts); diff != "" {
		t.Error(diff)
	}
}

// TestRejectedRowsAreNoFormulas also of a file whose header is one.
func TestRejectedRowsAreNoFormulas(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	got := o.run("id,=1+1\na,@nowhere\n", `{"id": {"field": "external_id"}, "=1+1": {"field": "stage"}}`)
	var b bytes.Buffer
	if err := o.RejectedRows(t.Context(), o.w, got.ID, &b); err != nil {
		t.Fatal(err)
	}
	want := "line,column,reason,id,'=1+1\n" + `2,'=1+1,"there is no stage ""@nowhere""",a,'@nowhere` + "\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestImportRejectsRows(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	if _, err := o.UpsertContact(t.Context(), o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: new("other"), Email: new("taken@example.com")}}); err != nil {
		t.Fatal(err)
	}
	got := o.run(strings.Join([]string{
		"id,email,stage,day",
		"a,a@example.com,new,2026-01-02",
		"b,,nowhere,2026-01-02",
		"c,not an address,new,2026-01-02",
		",,new,2026-01-02",
		"d,,new,yesterday",
		"e,,new,2026-06-15T12:06:00Z",
		"=f,taken@example.com,new,2026-01-02",
		"other,x@example.com,new,2026-06-15T12:04:00Z",
		"g,,new",
		"h,\"x\"y,new,2026-01-02",
		"i,,n\x00w,2026-01-02",
		"=HYPERLINK(1),,new,2026-01-02,-5",
		"j,,new,2026-01-02",
	}, "\r\n"), `{"id": {"field": "external_id"}, "email": {"field": "email"}, "stage": {"field": "stage"}, "day": {"field": "at"}}`)
	want := `3,stage,"there is no stage ""nowhere""",b,,nowhere,2026-01-02
4,email,email is not an e-mail address,c,not an address,new,2026-01-02
5,,"the row needs at least one of external_id, email and phone",,,new,2026-01-02
6,day,"""yesterday"" is not a date in the format iso",d,,new,yesterday
7,,The time of the change is more than five minutes ahead of the server's clock.,e,,new,2026-06-15T12:06:00Z
10,day,"the row has 3 cells, the header has 4","g,,new"
11,email,text follows the closing quote; a quote inside a quoted cell is written twice,"h,""x""y,new,2026-01-02"
12,stage,the cell has a NUL byte,"i,,n` + "\uFFFD" + `w,2026-01-02"
13,5,"the row has 5 cells, the header has 4","'=HYPERLINK(1),,new,2026-01-02,-5"
`
	if diff := cmp.Diff(want, o.rejected(got.ID)); diff != "" {
		t.Error(diff)
	}
	if got.Rejected != 9 || got.RowsDone != 13 || got.Created != 3 || got.Moved != 4 {
		t.Errorf("%+v", got)
	}
	_, err := o.GetImport(t.Context(), o.w, "imp_99")
	wantCode(t, err, "import_not_found")
	wantCode(t, o.RejectedRows(t.Context(), o.w+1, got.ID, io.Discard), "import_not_found")
}

func TestMappingWithByteOrderMark(t *testing.T) {
	t.Parallel()
	if m, err := workspace.ParseImportMapping([]byte("\ufeff" + simpleMapping)); err != nil || len(m) == 0 {
		t.Errorf("%v %v", m, err)
	}
}

// TestImportRefused: what is wrong with the file or the mapping as a whole is
// said at once, all of it, and nothing is kept.
func TestImportRefused(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	const file = "id,stage,day,money\na,new,03/04/2026,1.234\n"
	tests := map[string]struct{ file, mapping, want string }{
		"empty file":       {"", simpleMapping, "body.file is empty: line 1, column 1 should be the header"},
		"missing header":   {"id,,day\n", simpleMapping, "body.file line 1, column 2: the header has no name for this column"},
		"doubled header":   {"id,id\n", simpleMapping, `body.file line 1, column 2: the header has "id" twice, in columns 1 and 2`},
		"prefix of a name": {file, `{"id": {"field": "external_id"}, "day": {"field": "name", "prefix": "x"}}`, `body.mapping[day] has "prefix", which only the field external_id has`},
		"not JSON":         {file, `{"id": `, "body.mapping is not JSON: it ends too early"},
		"not an object":    {file, `[]`, `body.mapping must be a JSON object {column: {"field": ...}}`},
		"mapped twice":     {file, `{"id": {"field": "external_id"}, "id": {"field": "name"}}`, "body.mapping[id] is mapped twice: use a list of objects for a column that means several things"},
		"unknown key":      {file, `{"id": {"field": "external_id", "formt": "x"}}`, `body.mapping[id] unknown field "formt"`},
		"wrong type":       {file, `{"id": "external_id"}`, `body.mapping[id] must be {"field": ...} or a list of such objects; it cannot be a string`},
		"no identifier":    {file, `{"stage": {"field": "stage"}}`, "body.mapping maps no column to external_id, email or phone: one of them is needed to know the contacts"},
		"unknown column":   {file, `{"id": {"field": "external_id"}, "nam": {"field": "name"}}`, "body.mapping[nam] is no column of the file, whose header on line 1 has: id, stage, day, money"},
		"unknown field":    {file, `{"id": {"field": "external_id"}, "day": {"field": "birthday"}}`, `body.mapping[day] has the unknown field "birthday": it can be`},
		"field twice":      {file, `{"id": {"field": "email"}, "day": {"field": "email"}}`, `body.mapping[id] is mapped to email, as the column "day" is`},
		"unknown stage":    {file, `{"id": {"field": "external_id"}, "stage": {"field": "stage", "values": {"new": "nue"}}}`, `body.mapping[stage] gives "new" the stage "nue", which there is none of`},
		"unknown at":       {file, `{"id": {"field": "external_id"}, "stage": {"field": "stage", "at_column": "dy"}}`, `body.mapping[stage] has the at_column "dy", which is no column of the file`},
		"ambiguous dates":  {file, simpleMapping, `body.mapping[day] "03/04/2026" may be day first or month first: say "format": "day_first" or "month_first"`},
		"ambiguous money":  {file, `{"id": {"field": "external_id"}, "money": {"field": "value"}}`, `body.mapping[money] "1.234" may have a decimal sign or a thousands sign: say "format": "1,234.50" or "1.234,50"`},
		"unknown format":   {file, `{"id": {"field": "external_id"}, "day": {"field": "at", "format": "whenever"}}`, `body.mapping[day] the date format "whenever" is not known`},
		"misplaced values": {file, `{"id": {"field": "external_id", "values": {}}}`, `body.mapping[id] has "values" or "at_column", which only the field stage has`},
		"cut gzip":         {"\x1f\x8b\x08", simpleMapping, "body.file is not complete: it cannot be unpacked"},
	}
	for name, test := range tests {
		_, err := o.start(strings.NewReader(test.file), test.mapping)
		var bad *fault.Error
		if !errors.As(err, &bad) || bad.Kind != fault.Invalid || len(bad.Details) == 0 {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if got := bad.Details[0].Location + " " + bad.Details[0].Message; !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got  %s\nwant %s", name, got, test.want)
		}
	}
	for _, refused := range []func(*workspace.StartImportInput){
		mode("sideways"), func(in *workspace.StartImportInput) { in.Stage = "nowhere" }, func(in *workspace.StartImportInput) { in.File = nil },
		func(in *workspace.StartImportInput) { in.Mode = "history" },
	} {
		if _, err := o.start(strings.NewReader("id\na\n"), `{"id": {"field": "external_id"}}`, refused); fault.KindOf(err) != fault.Invalid {
			t.Errorf("got %v", err)
		}
	}
	if names, err := o.files.Names(); len(names) != 0 || err != nil {
		t.Errorf("files left behind: %q, %v", names, err)
	}
}

func TestImportStageForAllAndGzip(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte("\xef\xbb\xbfid\tday\r\na\t01.02.2026\r\nb\t28.02.2026\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	o.run(packed.String(), `{"id": {"field": "external_id"}, "day": {"field": "at"}}`, func(in *workspace.StartImportInput) { in.Stage = "hot" })
	o.wantStory(`
		a: hot@02-01 open
		b: hot@02-28 open`)
}

func TestImportDatesAreInTheZoneOfTheWorkspace(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	zone := "Asia/Tokyo"
	if _, err := o.EditSettings(t.Context(), o.w, workspace.EditSettingsInput{TimeZone: &zone, Actor: journal.Actor{Kind: journal.ActorUser}}); err != nil {
		t.Fatal(err)
	}
	o.run("id,stage,day\na,new,2026-01-02\n", simpleMapping)
	want := lifecycle.MillisOf(time.Date(2026, 1, 1, 15, 0, 0, 0, time.UTC))
	if got := o.contacts()["a"].Changes[0].At; got != want {
		t.Errorf("got %v, want %v", got.Time(), want.Time())
	}
}

// bigFile has n rows of n/3 contacts, three stages each, and a bad row in
// every hundred.
func bigFile(n int) string {
	var b strings.Builder
	b.WriteString("id,stage,day\n")
	stages := []string{"new", "hot", "won"}
	for i := range n {
		day := time.Date(2026, 1, 1, 0, i/3, 0, 0, time.UTC).AddDate(0, 0, i%3)
		stage := stages[i%3]
		if i%100 == 99 {
			stage = "nowhere"
		}
		fmt.Fprintf(&b, "c%06d,%s,%s\n", i/3, stage, day.Format(time.RFC3339))
	}
	return b.String()
}

// TestImportGoesOnAfterARestart stops the service again and again in the
// middle of an import: in the end every row was applied exactly once.
func TestImportGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	const rows = 6_000
	file := bigFile(rows)
	whole, cut := openSales(t), openSales(t)
	want := whole.run(file, simpleMapping)
	got, err := cut.start(strings.NewReader(file), simpleMapping)
	if err != nil {
		t.Fatal(err)
	}
	restarts := 0
	for last := int64(0); got.State == workspace.ImportRunning; {
		cut.restart()
		restarts++
		for got.State == workspace.ImportRunning && got.RowsDone <= last {
			time.Sleep(time.Millisecond)
			if got, err = cut.GetImport(t.Context(), cut.w, got.ID); err != nil {
				t.Fatal(err)
			}
		}
		last = got.RowsDone
	}
	if restarts < 3 {
		t.Errorf("only %d restarts: the test stopped nothing", restarts)
	}
	if diff := cmp.Diff(want.ImportCounts, got.ImportCounts); diff != "" || got.RowsDone != rows || got.Rejected != rows/100 {
		t.Error(got.RowsDone, diff)
	}
	if diff := cmp.Diff(whole.rejected(want.ID), cut.rejected(got.ID)); diff != "" {
		t.Error(diff)
	}
	if whole.story() != cut.story() {
		t.Error("the contacts differ")
	}
}

func TestImportDryRun(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.run("id,stage,day\nc000001,new,2025-01-01\nc000001,won,2025-01-02\n", simpleMapping)
	before := o.story()
	file := bigFile(4_000) + "z,,\ny,new,\n"
	dryly := o.run(file, simpleMapping, dry)
	if o.story() != before {
		t.Error("a dry run wrote")
	}
	real := o.run(file, simpleMapping)
	dryRejected, realRejected := o.rejected(dryly.ID), o.rejected(real.ID)
	ignore := func(i *workspace.Import) { i.ID, i.DryRun, i.CanUndo, i.Seq = "", false, false, 0 }
	ignore(&dryly)
	ignore(&real)
	if diff := cmp.Diff(real, dryly); diff != "" || dryRejected != realRejected {
		t.Error(diff)
	}
	if len(real.NotInReports) != 2 || real.Created < 1300 {
		t.Errorf("%+v", real)
	}
}

func TestImportCancelled(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	started, err := o.start(strings.NewReader(bigFile(30_000)), simpleMapping)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.CancelImport(t.Context(), o.w, started.ID, workspace.Idempotency{}); err != nil {
		t.Fatal(err)
	}
	got, err := o.WaitImport(t.Context(), o.w, started.ID)
	if err != nil || got.State != workspace.ImportCancelled || got.RowsDone >= 30_000 {
		t.Errorf("%+v, %v", got, err)
	}
	o.restart()
	if again, err := o.WaitImport(t.Context(), o.w, started.ID); err != nil || again.RowsDone != got.RowsDone {
		t.Errorf("a cancelled import went on: %+v, %v", again, err)
	}
	_, err = o.CancelImport(t.Context(), o.w, "imp_77", workspace.Idempotency{})
	wantCode(t, err, "import_not_found")
}

func TestImportOnce(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	once := func(in *workspace.StartImportInput) { in.Once.Key = "k" }
	const file = "id,stage,day\na,new,2026-01-02\n"
	first := o.run(file, simpleMapping, once)
	second, err := o.start(strings.NewReader(file), simpleMapping, once)
	if err != nil || second.ID != first.ID {
		t.Errorf("%+v, %v", second, err)
	}
	_, err = o.start(strings.NewReader(file+"b,new,2026-01-02\n"), simpleMapping, once)
	wantCode(t, err, "idempotency_key_reused")
	page, err := o.ListImports(t.Context(), o.w, "", 0)
	if err != nil || len(page.Items) != 1 || page.Next != "" {
		t.Errorf("%+v, %v", page, err)
	}
	if names, err := o.files.Names(); len(names) != 1 || err != nil {
		t.Errorf("files: %q, %v", names, err)
	}
}

func TestListImports(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	for range 3 {
		o.run("id,stage,day\na,new,2026-01-02\n", simpleMapping)
	}
	first, err := o.ListImports(t.Context(), o.w, "", 2)
	if err != nil || len(first.Items) != 2 || first.Items[0].ID != "imp_3" || first.Next != "imp_2" {
		t.Fatalf("%+v, %v", first, err)
	}
	rest, err := o.ListImports(t.Context(), o.w, first.Next, 2)
	if err != nil || len(rest.Items) != 1 || rest.Items[0].ID != "imp_1" || rest.Next != "" {
		t.Errorf("%+v, %v", rest, err)
	}
	_, err = o.ListImports(t.Context(), o.w, "nonsense", 2)
	wantCode(t, err, "invalid")
}

// TestImportFileIsGone: a running import whose file was deleted says so.
func TestImportFileIsGone(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	started, err := o.start(strings.NewReader(bigFile(30_000)), simpleMapping)
	if err != nil {
		t.Fatal(err)
	}
	o.CloseImports()
	if err := os.RemoveAll(o.dir + "/imports"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(o.dir+"/imports", 0o700); err != nil {
		t.Fatal(err)
	}
	o.restart()
	got, err := o.WaitImport(t.Context(), o.w, started.ID)
	if err != nil || got.State != workspace.ImportFailed || got.Error == nil || !strings.Contains(*got.Error, "not in the data folder") {
		t.Errorf("%+v, %v", got, err)
	}
}

func BenchmarkImport(b *testing.B) {
	file := bigFile(100_000)
	for b.Loop() {
		o := openSales(b)
		o.run(file, simpleMapping)
	}
}
