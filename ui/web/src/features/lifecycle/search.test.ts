import { describe, expect, it } from 'vitest'
import { fileHref, queryString, reportQuery } from '@/api/query'
import { parseSearch, stringifySearch } from '@/routes/query-string'
import { chips, reportSearch, withoutChip, withoutFilters } from './search'

const read = (text: string) => reportSearch.parse(parseSearch(text))

describe('the address', () => {
  it('holds all report state and reads back what it wrote', () => {
    const text = '?preset=last_week&compare=year&group_by=campaign&source=Paid+ads&source=&journey=first'
    expect(read(stringifySearch(read(text)))).toEqual(read(text))
    expect(read(text)).toMatchObject({ source: ['Paid ads', ''], journey: ['first'], compare: 'year' })
  })
  it('shows the default instead of nonsense', () => {
    const search = read('?preset=someday&from=yesterday&compare=moon&group_by=shoe')
    expect(Object.values(search).every((value) => value === undefined)).toBe(true)
  })
  it('keeps a value that looks like a number a text', () => {
    expect(read('?campaign=2026').campaign).toEqual(['2026'])
  })
})

describe('the query of the report', () => {
  it('asks for the last 14 days at first', () => {
    expect(queryString(reportQuery({}))).toBe('preset=last_14_days')
  })
  it('prefers own days, and needs both', () => {
    expect(queryString(reportQuery({ from: '2026-11-01', to: '2026-11-14' }))).toBe(
      'from=2026-11-01&to=2026-11-14',
    )
  })
  it('keeps the empty value, which means “has none”', () => {
    expect(queryString(reportQuery({ campaign: [''] }))).toContain('campaign=')
  })
  it('is carried by the CSV links', () => {
    expect(fileHref('lost', { preset: 'today', source: ['Meta'] })).toBe(
      '/v1/reports/lifecycle/lost?preset=today&source=Meta&format=csv',
    )
  })
})

describe('chips', () => {
  const search = read('?source=a&source=b&owner=Maya')
  it('come in a fixed order and go one by one', () => {
    expect(chips(search).map((chip) => chip.value)).toEqual(['a', 'b', 'Maya'])
    expect(withoutChip(search, { name: 'source', value: 'a' }).source).toEqual(['b'])
    expect(withoutChip(search, { name: 'owner', value: 'Maya' }).owner).toBeUndefined()
    expect(chips(withoutFilters(search))).toEqual([])
  })
})
