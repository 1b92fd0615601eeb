package workspace

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/tabular"
)

// RateItem is what a currency is worth from a day on.
type RateItem struct {
	Currency string  `json:"currency" example:"USD" doc:"ISO 4217"`
	From     string  `json:"from" example:"2026-01-01" doc:"the day from which it holds, until the next rate of the currency"`
	Rate     float64 `json:"rate" example:"0.92" doc:"one unit of it in units of the workspace's currency"`
}

// SetRatesInput replaces all rates of a workspace.
type SetRatesInput struct {
	Rates   []RateItem
	IfMatch *int64 // the edit number the caller saw; nil = do not check
	Actor   journal.Actor
}

// maxRates is how many a workspace can have: daily ones of a currency for years.
const maxRates = 5_000

// SetRates replaces the rates by which money is turned into the workspace's
// currency. Reports are made anew.
func (s *Service) SetRates(ctx context.Context, w journal.WorkspaceID, in SetRatesInput) ([]RateItem, error) {
	edit := func(_ Tx, now *Configured, next *journal.Configuration) error {
		if in.IfMatch != nil && *in.IfMatch != now.Edit {
			return errEdited()
		}
		var k checker
		next.Rates = k.rates(in.Rates, next.Currency)
		return k.Err()
	}
	return configureOnce(ctx, s, w, in.Actor, Idempotency{}, edit, func(_ Tx, c *Configured) ([]RateItem, error) {
		return c.rateItems(), nil
	})
}

// Rates returns the rates into the workspace's currency, by currency and day.
func (s *Service) Rates(ctx context.Context, w journal.WorkspaceID) (list []RateItem, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err == nil {
			list = c.rateItems()
		}
		return err
	})
	return list, err
}

func (k *checker) rates(items []RateItem, into string) []journal.Rate {
	if len(items) > maxRates {
		k.Add("body", "are %d rates; a workspace has at most %d", len(items), fault.Named("max", maxRates)).Coded("beyond_limit")
		return nil
	}
	item := func(i int) string { return fmt.Sprintf("body[%d]", i) }
	var rates []journal.Rate
	for i, given := range items {
		r := journal.Rate{Currency: strings.ToUpper(strings.TrimSpace(given.Currency)), Into: into, Rate: given.Rate}
		if !isCurrency(r.Currency) || r.Currency == into {
			k.Add(item(i)+".currency", "is not the code (ISO 4217) of a currency other than the workspace's").Coded("not_a_foreign_currency")
			continue
		}
		if !(given.Rate > 0 && given.Rate < 1e12) {
			k.Add(item(i)+".rate", "is not more than nothing").Coded("not_positive")
		}
		k.day(item(i)+".from", given.From, &r.Day)
		r.Factor = given.Rate * math.Pow10(tabular.MinorDigits(into)-tabular.MinorDigits(r.Currency))
		rates = append(rates, r)
	}
	slices.SortStableFunc(rates, func(a, b journal.Rate) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Day, b.Day))
	})
	return rates
}

// rateItems are the rates that say something of the workspace's currency.
func (c *Configured) rateItems() []RateItem {
	list := []RateItem{}
	for _, r := range c.Rates {
		if r.Into == c.Currency {
			list = append(list, RateItem{r.Currency, dateOf(r.Day), r.Rate})
		}
	}
	return list
}
