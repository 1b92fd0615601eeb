package duckdb

import (
	"database/sql/driver"
	"fmt"

	"github.com/tidemark/tidemark/projector"
)

// contactRows writes what a batch says of contacts themselves.
func (a *appenders) contactRows(b *projector.Batch) error {
	for i := range b.Contacts {
		r := &b.Contacts[i]
		err := a.contact.AppendRow(r.Sign, int64(r.Contact), int64(r.Created), int64(r.Known), int8(r.CreatedBy), int32(r.Stage), int64(r.Since),
			int32(r.Source), r.Customer, r.Journeys, r.Cell, int64(r.EnteredAt), int64(r.EndedAt))
		if err != nil {
			return fmt.Errorf("duckdb: append contact: %w", err)
		}
	}
	for i := range b.Facts {
		if err := a.appendFact(&b.Facts[i]); err != nil {
			return fmt.Errorf("duckdb: append fact: %w", err)
		}
	}
	return nil
}

// appendFact writes a fact; readings that the value does not have are NULL.
func (a *appenders) appendFact(r *projector.FactRow) error {
	var number, moment, flag driver.Value
	if r.HasNumber {
		number = r.Number
	}
	if r.HasMoment {
		moment = int64(r.Moment)
	}
	if r.HasFlag {
		flag = r.Flag
	}
	return a.fact.AppendRow(r.Sign, int64(r.Contact), r.Field, int8(r.Kind), r.Text, number, moment, flag)
}
