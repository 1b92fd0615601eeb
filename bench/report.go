package bench

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// Report is what a run found.
type Report struct {
	At       time.Time `json:"at"`
	Seconds  float64   `json:"seconds"` // how long the run took
	Machine  Machine   `json:"machine"`
	Quick    bool      `json:"quick"`
	Contacts int       `json:"contacts"`
	Journeys int64     `json:"journeys"`
	Entries  int64     `json:"entries"` // of the log: changes, and one for each contact's fields
	F1       Sample    `json:"f1_ms"`   // a Go loop that sums a []uint32 of as many as journeys asked for
	F2       Sample    `json:"f2_ms"`   // DuckDB's sum of one column of as many rows
	F2End    Sample    `json:"f2_end_ms"`
	Drift    float64   `json:"f2_drift"` // 0.3 = F2 moved by 30 % during the run
	Rows     []Row     `json:"rows"`
	Remarks  []string  `json:"remarks"`
}

// Machine is where a run ran.
type Machine struct {
	Processors int    `json:"processors"`
	MemoryGiB  int    `json:"memory_gib"`
	Go         string `json:"go"`
	System     string `json:"system"`
}

// Print writes the report as a table.
func (r *Report) Print(to io.Writer) error {
	if r.Journeys > 0 { // else no section counted any
		fmt.Fprintf(to, "%s journeys of %s contacts, %s log entries; ", thousands(r.Journeys), thousands(int64(r.Contacts)), thousands(r.Entries))
	}
	fmt.Fprintf(to, "%d processors, %d GiB, %s, %s; %.0f s\n", r.Machine.Processors, r.Machine.MemoryGiB, r.Machine.Go, r.Machine.System, r.Seconds)
	fmt.Fprintf(to, "F1 (Go sums a []uint32) %s ms; F2 (DuckDB sums a column, %d threads) %s ms at the start, %s ms at the end\n\n",
		figure(r.F1.Median), threads, figure(r.F2.Median), figure(r.F2End.Median))
	table := tabwriter.NewWriter(to, 2, 8, 2, ' ', 0)
	fmt.Fprintln(table, "what\ttarget\tmeasured\tverdict\tmedian (min..max)")
	for _, row := range r.Rows {
		measured, value := row.figures()
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", row.Name, row.Target, measured, row.says(), value)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return r.printNotes(to)
}

func (r *Report) printNotes(to io.Writer) error {
	fmt.Fprintln(to)
	for _, row := range r.Rows {
		if row.Note != "" {
			fmt.Fprintf(to, "- %s: %s\n", row.Name, row.Note)
		}
	}
	for _, remark := range r.Remarks {
		fmt.Fprintf(to, "! %s\n", remark)
	}
	_, err := fmt.Fprintln(to)
	return err
}
