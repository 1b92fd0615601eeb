package report

var opportunityColumns = [...]Column{
	{"position", "Position", ColumnInteger},
	{"key", "Key", ColumnText},
	{"stage", "Stage", ColumnText},
	{"count", "Open", ColumnInteger},
	{"value", "Value", ColumnInteger},
	{"weighted_value", "Weighted value", ColumnInteger},
	{"without_value", "Without value", ColumnInteger},
	{"age_seconds_mean", "Age, mean", ColumnSeconds},
	{"conversion_rate", "Historical conversion", ColumnRate},
	{"conversion_journeys", "Ended journeys", ColumnInteger},
	{"currency", "Currency", ColumnText},
}

// Table is the report in rows: one for each stage or, with groups, for each
// group of each stage.
func (o *Opportunities) Table() Table {
	t := Table{
		Name: "opportunities", Range: Range{From: o.At, To: o.At, TimeZone: o.TimeZone}, Seq: o.Seq, AsOf: o.AsOf,
		Columns: opportunityColumns[:], Rows: [][]any{}, Notices: o.Notices,
	}
	if o.GroupBy != nil {
		t.Columns = append(groupColumns[:len(groupColumns):len(groupColumns)], t.Columns...)
	}
	for i := range o.Stages {
		s := &o.Stages[i]
		if o.GroupBy == nil {
			t.Rows = append(t.Rows, o.row(nil, s, &s.OpenFigures))
		}
		for j := range s.Groups {
			if g := &s.Groups[j]; g.Count > 0 {
				t.Rows = append(t.Rows, o.row(labelled{g.Kind, g.Label}, s, &g.OpenFigures))
			}
		}
	}
	return t
}

func (o *Opportunities) row(of labelled, s *OpenStage, f *OpenFigures) []any {
	var likely any
	if f.WeightedValue != nil {
		likely = *f.WeightedValue
	}
	return of.row(int64(*s.Stage.Position), s.Stage.Key, s.Stage.Name, f.Count, f.Value, likely, f.WithoutValue,
		number(f.Age), number(s.Conversion.Rate), s.Conversion.Journeys, o.Currency)
}
