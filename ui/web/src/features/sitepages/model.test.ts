import { describe, expect, it } from 'vitest'
import type { SitePageFigures, SitePageRow, SitePages } from '@/api/sitePages'
import { isEmpty, standsOut } from './model'
import { byLevel, sitePageSearch, within } from './search'

function row(value: string | null, visits: number, leads: number, revenue: number): SitePageRow {
  const before = { people: leads, contacts: leads, customers: 0, credit: leads }
  return {
    value,
    label: value ?? '',
    visits,
    revenue,
    before_lead: before,
    before_sale: before,
  } as SitePageRow
}

function report(...rows: SitePageRow[]): SitePages {
  const sum = (of: (row: SitePageRow) => number) => rows.reduce((all, one) => all + of(one), 0)
  const visits = sum((one) => one.visits)
  const leads = sum((one) => one.before_lead.credit)
  const totals: SitePageFigures = row(
    null,
    visits,
    leads,
    sum((one) => one.revenue),
  )
  return { level: 'page', rows, totals } as SitePages
}

describe('what stands out of pages', () => {
  it('never names what nobody saw', () => {
    const found = standsOut(report(row(null, 0, 80, 5), row('/a', 50, 20, 95), row('/b', 50, 0, 0)))
    expect(found).toMatchObject({ kind: 'most', row: { value: '/a' } })
  })
  it('names little traffic with much revenue', () => {
    const found = standsOut(report(row('/a', 90, 40, 40), row('/b', 10, 40, 60)))
    expect(found).toMatchObject({ kind: 'rich', share: 0.1, row: { value: '/b' } })
  })
  it('claims nothing of few', () => {
    expect(standsOut(report(row('/a', 90, 4, 40))).kind).toBe('few')
    expect(isEmpty(report(row(null, 0, 9, 1)))).toBe(true)
  })
})

describe('the address of the pages', () => {
  it('opens a device into pages and a page into devices', () => {
    expect(within({ level: 'device' }, 'mobile')).toMatchObject({ device: ['mobile'], level: undefined })
    expect(within({ role: 'assisting' }, '/a')).toMatchObject({
      page: ['/a'],
      level: 'device',
      role: undefined,
    })
  })
  it('has no role but of pages, and shows the default of nonsense', () => {
    expect(byLevel({ role: 'assisting' }, 'country')).toEqual({ role: undefined, level: 'country' })
    expect(sitePageSearch.parse({ role: 'exit', level: 'source', model: 'markov' })).toEqual({})
  })
})
