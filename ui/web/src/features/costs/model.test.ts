import { expect, it } from 'vitest'
import { parseCsv } from '@/features/imports/csv'
import type { Choice } from './model'
import { amountOf, columnsOf, dayOf, readCosts, tellsDayFirst, totals } from './model'

const choice = (table: string[][], more: Partial<Choice> = {}): Choice => ({
  columns: columnsOf(table),
  dayFirst: false,
  minor: false,
  fixed: {},
  currency: 'EUR',
  ...more,
})

it('reads an export of Google Ads with its title, totals and several rows of one campaign', () => {
  const table = parseCsv(
    'Campaign report\n"November 1, 2026 - November 2, 2026"\nDay,Campaign,Currency code,Cost,Impr.,Clicks\n' +
      '2026-11-01,Brand,USD,"1,234.50","12,000",40\n2026-11-01,Brand,USD,0.50,100,--\n2026-11-02,Brand,USD,7,50,1\n' +
      'Total: Account,--,USD,"1,242.00","12,150",41\n',
  )
  const read = readCosts(table, choice(table, { fixed: { source: 'Paid search', sub_source: 'Google' } }))
  expect(read.problems).toEqual([])
  expect([read.skipped, read.added]).toEqual([1, 1])
  expect(read.costs.map(({ cost }) => cost)).toEqual([
    {
      day: '2026-11-01',
      amount: 123500,
      currency: 'USD',
      source: 'Paid search',
      sub_source: 'Google',
      campaign: 'Brand',
      clicks: 40,
      impressions: 12100,
    },
    {
      day: '2026-11-02',
      amount: 700,
      currency: 'USD',
      source: 'Paid search',
      sub_source: 'Google',
      campaign: 'Brand',
      clicks: 1,
      impressions: 50,
    },
  ])
})

it('reads an export of Meta: the currency is in the name of its column', () => {
  const table = parseCsv(
    'Reporting starts,Campaign name,Ad set name,Amount spent (GBP)\n03/11/2026,Spring,Lookalike,12.3\n14/11/2026,Spring,Lookalike,5\n03/11/2026,Spring,Lookalike,0.7\n',
  )
  const at = columnsOf(table)
  expect(at).toEqual({ head: 0, at: { day: 0, campaign: 1, ad_group: 2, amount: 3 } })
  expect(tellsDayFirst(table, at.at.day)).toBe(true)
  const read = readCosts(table, choice(table, { dayFirst: true }))
  expect(read.added).toBe(1)
  expect(read.costs[0]).toEqual({
    row: 2,
    cost: { day: '2026-11-03', amount: 1300, currency: 'GBP', campaign: 'Spring', ad_group: 'Lookalike' },
  })
  expect(totals(read)).toEqual([{ currency: 'GBP', amount: 1800 }])
})

it('locates what cannot be read', () => {
  const table = parseCsv(
    'day,amount,currency\nsoon,1,EUR\n2026-11-01,free,EUR\n2026-11-01,-1,EUR\n2026-11-01,1,euros\n2026-11-02,1,EUR\n2026-11-02,1,USD\n',
  )
  expect(readCosts(table, choice(table)).problems).toEqual([
    { row: 2, field: 'day', cell: 'soon' },
    { row: 3, field: 'amount', cell: 'free' },
    { row: 4, field: 'amount', cell: '-1' },
    { row: 5, field: 'currency', cell: 'euros' },
    { row: 7, field: 'currency', cell: 'USD' },
  ])
})

it('reads amounts as people write them', () => {
  const read = (text: string, currency = 'EUR') => amountOf(text, currency, false)
  expect(
    ['12', '12.5', '12,50', '€1,234.50', '1.234,50', '1 234,5', "1'234.5", '1,234', '1.234.567', '0.125'].map(
      (text) => read(text),
    ),
  ).toEqual([1200, 1250, 1250, 123450, 123450, 123450, 123450, 123400, 123456700, 13])
  expect(read('1500', 'JPY')).toBe(1500)
  expect(read('1.250', 'KWD')).toBe(1250)
  expect(amountOf('1250', 'EUR', true)).toBe(1250)
  expect(['', 'x', '1-2', '1e5', '12 apples'].map((text) => read(text))).toEqual(Array(5).fill(undefined))
})

it('reads days, and says when it cannot know', () => {
  expect(dayOf('2026-11-14 00:00:00', false)).toBe('2026-11-14')
  expect(dayOf('14.11.2026', false)).toBe('2026-11-14')
  expect(dayOf('3/4/2026', true)).toBe('2026-04-03')
  expect(dayOf('3/4/2026', false)).toBe('2026-03-04')
  expect(dayOf('2026-02-30', false)).toBeUndefined()
  expect(tellsDayFirst([['3/4/2026']], 0)).toBeUndefined()
  expect(tellsDayFirst([['3/14/2026']], 0)).toBe(false)
  expect(tellsDayFirst([['2026-03-14']], 0)).toBe(true)
})
