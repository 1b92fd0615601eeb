import { expect, it } from 'vitest'
import { PRESETS } from '@/features/lifecycle/search'
import { axisEnd, barHeight, daysOf, filterCount, presetDays, tickDays } from './model'
import { logSearch } from './search'

const today = '2026-03-01'

it('knows the days of each name', () => {
  expect(PRESETS.map((preset) => Object.values(presetDays(preset, today)).join(' '))).toEqual([
    '2026-03-01 2026-03-01',
    '2026-02-28 2026-02-28',
    '2026-02-23 2026-03-01',
    '2026-02-16 2026-03-01',
    '2026-01-31 2026-03-01',
    '2025-12-02 2026-03-01',
    '2026-02-23 2026-03-01',
    '2026-02-16 2026-02-22',
    '2026-03-01 2026-03-01',
    '2026-02-01 2026-02-28',
    '2026-01-01 2026-03-01',
    '2025-10-01 2025-12-31',
    '2026-01-01 2026-03-01',
    '2025-01-01 2025-12-31',
  ])
})

it('takes own days before a name, and the last 14 for an end without a start', () => {
  expect(daysOf({ from: '2026-01-05', to: '2026-01-06', preset: 'today' }, today).from).toBe('2026-01-05')
  expect(daysOf({ to: '2026-01-06' }, today)).toEqual(presetDays('last_14_days', today))
  expect(daysOf({ from: '2026-01-06', to: '2026-01-05' }, today)).toEqual(presetDays('last_14_days', today))
})

it('reads an address, nonsense as the default', () => {
  expect(logSearch.parse({ actor: 'ghost', counted: 'no', from: 'x', q: 'ada' })).toEqual({
    counted: 'no',
    q: 'ada',
  })
  expect(filterCount({ counted: 'no', q: 'ada', preset: 'today' })).toBe(2)
  expect(filterCount({ q: '' })).toBe(0)
})

it('draws every day that has something', () => {
  expect(barHeight(0, 100)).toBe(0)
  expect(barHeight(1, 10_000)).toBe(0.03)
  expect(barHeight(50, 100)).toBe(0.5)
})

it.each([
  [0, 5],
  [5, 5],
  [6, 10],
  [11, 20],
  [21, 25],
  [480, 500],
  [1_001, 2_000],
])('ends the axis of %d at %d', (highest, end) => {
  expect(axisEnd(highest)).toBe(end)
})

it('labels both ends, and firsts of months with room', () => {
  const days = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02', '2026-02-03']
  expect(tickDays(days, 5)).toEqual([0, 2, 4])
  expect(tickDays(days, 2)).toEqual([0, 4])
  expect(tickDays(['2026-01-01'], 5)).toEqual([0])
  expect(tickDays([], 5)).toEqual([])
})
