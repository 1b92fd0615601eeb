import { expect, it } from 'vitest'
import { buckets, curves, fullest, longest, sayable, tableDays } from './model'

const day = (n: number, at_risk: number, over: object = {}) => ({
  day: n,
  won: 0.1 + n / 1000,
  won_lower: 0.05,
  won_upper: 0.2,
  lost: 0.3,
  lost_lower: 0.2,
  lost_upper: 0.4,
  at_risk,
  ...over,
})

it('has one curve for all, and one for each group', () => {
  expect(curves([day(0, 90), day(1, 50)]).map((curve) => [curve.group, curve.days.length])).toEqual([
    [null, 2],
  ])
  const meta = { group: 'Meta', group_kind: 'value' }
  const none = { group: 'No source', group_kind: 'none' }
  const both = curves([day(0, 9, meta), day(1, 8, meta), day(0, 3, none)])
  expect(both.map((curve) => [curve.group?.kind, curve.days.length])).toEqual([
    ['value', 2],
    ['none', 1],
  ])
  expect(longest(both)).toBe(1)
})

it('is said up to the day to which 30 journeys were followed', () => {
  const [curve] = curves([day(0, 90), day(1, 30), day(2, 29)])
  expect(curve && sayable(curve)?.day).toBe(1)
  const [thin] = curves([day(0, 12)])
  expect(thin && sayable(thin)).toBeNull()
})

it('shows a few days in the table, the last among them', () => {
  const [curve] = curves(Array.from({ length: 70 }, (_, i) => day(i, 40)))
  expect(curve && tableDays(curve).map((row) => row.day)).toEqual([
    0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 69,
  ])
})

it('adds the groups of a bucket up and drops the empty end', () => {
  const bucket = (from: number, won: number, group: string) => ({
    group,
    group_kind: 'value',
    from_seconds: from,
    to_seconds: from + 86_400,
    won,
    lost: 1,
  })
  const all = [bucket(0, 1, 'a'), bucket(86_400, 2, 'a'), bucket(172_800, 0, 'a')]
  const rows = buckets([...all, bucket(0, 4, 'b'), bucket(86_400, 1, 'b'), bucket(172_800, 0, 'b')], 'won')
  expect(rows.map((row) => row.count)).toEqual([5, 3])
  expect(fullest(rows)).toMatchObject({ from: 0, share: 5 / 8 })
  expect(buckets([], 'won')).toEqual([])
})
