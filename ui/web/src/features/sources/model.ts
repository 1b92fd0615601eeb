import type { SourceFigures, SourceRow, Sources } from '@/api/sources'
import { FEW } from '@/features/lifecycle/model'
import type { NamedGroup } from '@/features/lifecycle/useGroupName'
import type { Model } from './search'

/** The source report as display rows. Pure. */

/** Whether there is nothing at all: no visit, no contact, no money. */
export function isEmpty(report: Sources): boolean {
  const { visits, submissions, leads, contacts, customers, sales, revenue, cost } = report.totals
  return [visits, submissions, leads.all, contacts, customers, sales, revenue, cost].every((n) => n === 0)
}

export type StandsOut<Row = SourceRow> =
  | { kind: 'few'; count: number }
  /** Many leads and little revenue, or little traffic and much revenue. */
  | { kind: 'poor' | 'rich'; row: Row; share: number; revenue: number }
  | { kind: 'most'; row: Row; by: 'revenue' | 'leads'; share: number }

/** What of everything a row has. */
export interface Share<Row> {
  row: Row
  /** How many leads, and which part of all. */
  count: number
  leads: number
  visits: number | null
  revenue: number | null
}

/** A row must have this part of all to be named, and be so much out of proportion. */
const NAMED = 0.15
const APART = 2

/** What is worth saying first. Of few leads nothing is claimed. */
export function standsOut(report: Sources): StandsOut {
  const { leads, revenue, visits, sales } = report.totals
  const shares = report.rows.map((row) => ({
    row,
    count: row.leads.all,
    leads: leads.all > 0 ? row.leads.all / leads.all : 0,
    visits: visits > 0 ? row.visits / visits : null,
    revenue: revenue > 0 ? row.revenue / revenue : null,
  }))
  return outOfProportion(shares, leads.all, sales)
}

/** The row that is most out of proportion, else the largest one. */
export function outOfProportion<Row>(shares: Share<Row>[], leads: number, sales: number): StandsOut<Row> {
  // Without tracking there are sales and no leads: then sales are what can be told apart.
  if (leads < FEW && sales < FEW) return { kind: 'few', count: Math.round(leads) }
  const poor = shares
    .filter((s) => s.count >= FEW && s.leads >= NAMED && s.revenue !== null && s.revenue * APART < s.leads)
    .toSorted((a, b) => b.leads - (b.revenue ?? 0) - (a.leads - (a.revenue ?? 0)))[0]
  if (poor) return { kind: 'poor', row: poor.row, share: poor.leads, revenue: poor.revenue ?? 0 }
  const rich = shares
    .filter(
      (s) =>
        s.revenue !== null &&
        s.revenue >= NAMED &&
        s.visits !== null &&
        s.visits > 0 &&
        s.visits * APART < s.revenue,
    )
    .toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0))[0]
  if (rich) return { kind: 'rich', row: rich.row, share: rich.visits ?? 0, revenue: rich.revenue ?? 0 }
  const by = shares.some((s) => s.revenue !== null) ? 'revenue' : 'leads'
  const most = shares.toSorted((a, b) => (b[by] ?? 0) - (a[by] ?? 0))[0]
  return most ? { kind: 'most', row: most.row, by, share: most[by] ?? 0 } : { kind: 'few', count: 0 }
}

/** The row that a model credits most: with revenue or, where there is none, with leads. */
export function bestBy(report: Sources, model: Model): { row: SourceRow; figures: SourceFigures } | null {
  const figures = (row: SourceRow) => (model === report.model ? row : row.models?.[model])
  const by = (f: SourceFigures | undefined) => (report.totals.revenue > 0 ? f?.revenue : f?.leads.all) ?? 0
  const best = report.rows.toSorted((a, b) => by(figures(b)) - by(figures(a)))[0]
  const found = best && figures(best)
  return found && by(found) > 0 ? { row: best, figures: found } : null
}

/** The name of a row in an address. */
export function rowName(row: { value: string | null }): string {
  return row.value === null ? 'none' : `value:${row.value}`
}

/** The value that a name in an address means; null: none, and for all rows together. */
export function rowValue(name: string): string | null {
  return name.startsWith('value:') ? name.slice('value:'.length) : null
}

/** A row as a group, which has its name from what it is of. */
export function groupOf({ value }: { value: string | null }): NamedGroup {
  return value === null ? { kind: 'none', label: '' } : { kind: 'value', label: value }
}

export function difference(now: number | null | undefined, before: number | null | undefined): number | null {
  if (typeof now !== 'number' || typeof before !== 'number' || before === 0) return null
  return (now - before) / before
}

/** The name of a column among the texts: there, a name that ends in `_other` is a plural. */
export function columnKey<Id extends string>(id: Id): Exclude<Id, 'lead_other'> | 'otherwise' {
  return id === 'lead_other' ? 'otherwise' : (id as Exclude<Id, 'lead_other'>)
}
