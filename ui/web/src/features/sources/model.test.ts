import { describe, expect, it } from 'vitest'
import type { SourceFigures, SourceRow, Sources } from '@/api/sources'
import { bestBy, columnKey, standsOut } from './model'
import { outOf, path, sourceSearch, within } from './search'

function row(label: string, figures: { visits?: number; leads?: number; revenue?: number }): SourceRow {
  const { visits = 0, leads = 0, revenue = 0 } = figures
  return {
    value: label,
    label,
    visits,
    revenue,
    leads: { form: 0, call: 0, chat: 0, other: 0, all: leads },
  } as SourceRow
}

function report(...rows: SourceRow[]): Sources {
  const sum = (of: (row: SourceRow) => number) => rows.reduce((all, one) => all + of(one), 0)
  const totals = {
    visits: sum((one) => one.visits),
    revenue: sum((one) => one.revenue),
    sales: 0,
    leads: { all: sum((one) => one.leads.all) },
  } as SourceFigures
  return { model: 'first', rows, totals } as Sources
}

describe('what stands out', () => {
  it('claims nothing of few leads', () => {
    expect(standsOut(report(row('Email', { leads: 29, revenue: 1 }))).kind).toBe('few')
  })
  it('names many leads with little revenue', () => {
    const found = standsOut(
      report(row('Ads', { leads: 70, revenue: 10 }), row('Email', { leads: 30, revenue: 90 })),
    )
    expect(found).toMatchObject({ kind: 'poor', share: 0.7, revenue: 0.1, row: { label: 'Ads' } })
  })
  it('names little traffic with much revenue', () => {
    const found = standsOut(
      report(
        row('Ads', { visits: 90, leads: 60, revenue: 60 }),
        row('Email', { visits: 10, leads: 40, revenue: 40 }),
      ),
    )
    expect(found).toMatchObject({ kind: 'rich', row: { label: 'Email' } })
  })
  it('else names the largest', () => {
    const found = standsOut(
      report(
        row('Ads', { visits: 50, leads: 50, revenue: 60 }),
        row('Email', { visits: 50, leads: 50, revenue: 40 }),
      ),
    )
    expect(found).toMatchObject({ kind: 'most', by: 'revenue', row: { label: 'Ads' }, share: 0.6 })
  })
})

it('finds the best row by each model', () => {
  const email = { ...row('Email', { revenue: 1 }), models: { last: row('Email', { revenue: 9 }) } }
  const ads = { ...row('Ads', { revenue: 5 }), models: { last: row('Ads', { revenue: 2 }) } }
  const both = report(email, ads)
  expect(bestBy(both, 'first')?.row.label).toBe('Ads')
  expect(bestBy(both, 'last')?.row.label).toBe('Email')
})

it('goes into a row and out again', () => {
  const inside = within(sourceSearch.parse({}), 'Paid search')
  expect(inside).toMatchObject({ source: ['Paid search'], level: 'sub_source' })
  const deeper = within(inside ?? {}, 'Google')
  expect(path(deeper ?? {}).map((part) => part.level)).toEqual(['source', 'sub_source'])
  expect(outOf(deeper ?? {}, 'source')).toMatchObject({
    level: 'source',
    source: undefined,
    sub_source: undefined,
  })
  expect(within(sourceSearch.parse({ level: 'ad' }), 'x')).toBeNull()
})

it('has no text that looks like a plural', () => {
  expect(columnKey('lead_other')).toBe('otherwise')
  expect(columnKey('visits')).toBe('visits')
})
