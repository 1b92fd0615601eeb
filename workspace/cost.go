package workspace

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// CostItem is what a day of a source cost.
type CostItem struct {
	Day         string `json:"day" example:"2026-11-14"`
	Source      string `json:"source,omitempty"`
	SubSource   string `json:"sub_source,omitempty"`
	Medium      string `json:"medium,omitempty"`
	Campaign    string `json:"campaign,omitempty"`
	AdGroup     string `json:"ad_group,omitempty"`
	Ad          string `json:"ad,omitempty"`
	Keyword     string `json:"keyword,omitempty"`
	Amount      int64  `json:"amount" minimum:"0" doc:"minor units"`
	Currency    string `json:"currency,omitempty" doc:"ISO 4217; the workspace's own when absent"`
	Clicks      int64  `json:"clicks,omitempty" minimum:"0"`
	Impressions int64  `json:"impressions,omitempty" minimum:"0"`
}

func (c *CostItem) source() touch.Source {
	return touch.Source{
		Source: c.Source, SubSource: c.SubSource, Medium: c.Medium, Campaign: c.Campaign,
		AdGroup: c.AdGroup, Ad: c.Ad, Keyword: c.Keyword,
	}
}

// SaveCostsInput tells what days of sources cost: each replaces what was said
// of the same day and fields before.
type SaveCostsInput struct {
	Items  []CostItem
	Remove bool // takes back what was said of those days and fields
	Actor  journal.Actor
	Once   Idempotency
}

// SaveCosts logs costs. Items that cannot be taken are rejected one by one; all
// others land in one commit. What was said before just so is a duplicate.
func (s *Service) SaveCosts(ctx context.Context, w journal.WorkspaceID, in SaveCostsInput) (RecordChangesOutput, error) {
	if len(in.Items) > maxBatch {
		return RecordChangesOutput{}, errBatchTooLarge("costs", len(in.Items))
	}
	var k checker
	actor := k.actor(in.Actor)
	if err := k.Err(); err != nil {
		return RecordChangesOutput{}, err
	}
	var out RecordChangesOutput
	return landOnce(ctx, s, w, in.Once, func(l *landing) error {
		out = RecordChangesOutput{Rejected: []Rejected{}}
		for i := range in.Items {
			cost, err := costOf(&in.Items[i], l.c.Currency)
			if reason, own := reasonOf(err); own {
				out.Rejected = append(out.Rejected, Rejected{Index: i, Error: reason})
				continue
			}
			if in.Remove {
				cost.To = nil
			}
			if err := l.spend(cost, actor, &out); err != nil {
				return err
			}
		}
		return nil
	}, func(l *landing) (RecordChangesOutput, error) {
		out.Seq = l.last
		return out, nil
	})
}

func costOf(in *CostItem, currency string) (journal.Cost, error) {
	var k checker
	c := journal.Cost{}
	day, err := time.Parse(time.DateOnly, in.Day)
	if err != nil {
		k.Add("day", "%s is no day, like 2026-11-14", quote(in.Day)).Coded("not_a_day")
	}
	c.Day = int32(day.Unix() / (24 * 60 * 60))
	source := in.source()
	c.Source = *k.source("source", &source)
	money := k.money("", &Money{in.Amount, in.Currency})
	if in.Amount < 0 || in.Clicks < 0 || in.Impressions < 0 {
		k.Add("amount", "and clicks and impressions cannot be negative").Coded("negative")
	}
	if err := k.Err(); err != nil {
		return c, err
	}
	c.To = &journal.Spend{Amount: money.Amount, Currency: money.Currency, Clicks: in.Clicks, Impressions: in.Impressions}
	if c.To.Currency == "" {
		c.To.Currency = currency
	}
	return c, nil
}

// spend logs one cost, unless it tells nothing new.
func (l *landing) spend(c journal.Cost, actor journal.Actor, out *RecordChangesOutput) (err error) {
	key, err := json.Marshal(c.Source)
	if err != nil {
		return err
	}
	if c.From, err = l.tx.Money().Cost(l.w, c.Day, string(key)); err != nil {
		return err
	}
	if c.From == nil && c.To == nil || c.From != nil && c.To != nil && *c.From == *c.To {
		out.Duplicate++
		return nil
	}
	e := journal.Entry{Workspace: l.w, Kind: journal.KindCost, At: l.now, Arrived: l.now, Actor: actor, Cost: &c}
	if err := l.tx.Money().AppendCost(&e, string(key)); err != nil {
		return err
	}
	out.Accepted++
	l.last = e.Seq
	return nil
}

// ListCosts lists what is known of a range of days (both inclusive), in order of
// day, from a cursor on.
func (s *Service) ListCosts(ctx context.Context, w journal.WorkspaceID, from, to, cursor string, limit int) (list []CostItem, next string, err error) {
	first, last, after := int32(-1<<31), int32(1<<31-1), CostPlace{Day: -1 << 31}
	var k checker
	limit = k.limit(limit)
	k.day("query.from", from, &first)
	if k.day("query.to", to, &last); to != "" {
		last++
	}
	if cursor != "" {
		day, fields, _ := strings.Cut(cursor, " ")
		k.day("query.cursor", day, &after.Day)
		after.Fields = fields
	}
	if err := k.Err(); err != nil {
		return nil, "", err
	}
	list = []CostItem{}
	err = s.store.Read(ctx, func(r Reader) error {
		costs, err := r.Money().Costs(w, first, last, after, limit)
		for i := range costs {
			list = append(list, costItem(&costs[i]))
		}
		if len(costs) == limit {
			key, _ := json.Marshal(costs[limit-1].Source)
			next = list[limit-1].Day + " " + string(key)
		}
		return err
	})
	return list, next, err
}

// day reads a day if one is given.
func (k *checker) day(location, text string, into *int32) {
	if text == "" {
		return
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		k.Add(location, "%s is no day, like 2026-11-14", quote(text))
		return
	}
	*into = int32(day.Unix() / (24 * 60 * 60))
}

// dateOf writes a day that is counted from 1970-01-01.
func dateOf(day int32) string { return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly) }

func costItem(c *journal.Cost) CostItem {
	s := c.Source
	return CostItem{
		Day:    dateOf(c.Day),
		Source: s.Source, SubSource: s.SubSource, Medium: s.Medium, Campaign: s.Campaign, AdGroup: s.AdGroup, Ad: s.Ad, Keyword: s.Keyword,
		Amount: c.To.Amount, Currency: c.To.Currency, Clicks: c.To.Clicks, Impressions: c.To.Impressions,
	}
}
