import { describe, expect, it } from 'vitest'
import { course, dayMarks, trend, usualInterval } from './model'

function row(from: string, to: string, over: object = {}) {
  return {
    from,
    to,
    entered: 40,
    won: 10,
    lost: 20,
    left: 0,
    open: 10,
    conversion_rate: 0.25,
    conversion_rate_lower: 0.14,
    conversion_rate_upper: 0.4,
    drop_off_rate: 0.5,
    drop_off_rate_lower: 0.35,
    drop_off_rate_upper: 0.65,
    time_to_conversion_seconds_mean: 86_400,
    time_to_drop_off_seconds_mean: null,
    immature: false,
    ...over,
  }
}
const WEEKS = [
  row('2026-11-02', '2026-11-08', { conversion_rate: 0.2 }),
  row('2026-11-09', '2026-11-15'),
  row('2026-11-16', '2026-11-22', { immature: true, conversion_rate: 0.05 }),
]
const AS_OF = '2026-11-20T12:00:00.000Z'

describe('the trend', () => {
  it('is young where the period is not over, and where nine of ten wins take longer than it is old', () => {
    expect(trend(WEEKS, 'won', AS_OF, null).periods.map((p) => p.young)).toEqual([false, false, true])
    const tenDays = trend(WEEKS, 'won', AS_OF, 10 * 86_400)
    expect(tenDays.periods.map((p) => p.young)).toEqual([false, true, true])
    expect(tenDays.solid).toBe(1)
  })
  it('has intervals for rates only', () => {
    expect(trend(WEEKS, 'conversion_rate', AS_OF, null).lines[0]?.points[1]).toMatchObject({
      value: 0.25,
      low: 0.14,
      high: 0.4,
    })
    expect(trend(WEEKS, 'time_to_drop_off', AS_OF, null).lines[0]?.points[0]).toMatchObject({
      value: null,
      low: null,
    })
  })
  it('says its course by what is comparable', () => {
    expect(course(trend(WEEKS, 'conversion_rate', AS_OF, null))).toMatchObject({ from: 0.2, to: 0.25 })
    expect(course(trend(WEEKS.slice(0, 1), 'won', AS_OF, null))).toBeNull()
  })
  it('has a line for each group', () => {
    const groups = WEEKS.flatMap((week) => [
      { ...week, group: 'Meta', group_kind: 'value' },
      { ...week, group: 'No source', group_kind: 'none' },
    ])
    const { lines, periods } = trend(groups, 'entered', AS_OF, null)
    expect(lines.map((line) => [line.group?.label, line.points.length])).toEqual([
      ['Meta', 3],
      ['No source', 3],
    ])
    expect(periods).toHaveLength(3)
  })
})

it('chooses periods that can be read', () => {
  expect(usualInterval('2026-11-01', '2026-11-14')).toBe('day')
  expect(usualInterval('2026-09-01', '2026-11-28')).toBe('week')
  expect(usualInterval('2025-01-01', '2025-12-31')).toBe('month')
})

it('puts marks of one day together, at their place', () => {
  const { periods } = trend(WEEKS, 'won', AS_OF, null)
  const mark = (day: string, id: string, kind = 'stages') => ({ day, id, kind, text: `edit ${id}` })
  const marks = dayMarks(
    [mark('2026-11-12', '1'), mark('2026-11-12', '2', 'import'), mark('2027-01-01', '3')],
    periods,
  )
  expect(marks).toHaveLength(1)
  expect(marks[0]?.at).toBeCloseTo((1 + 3.5 / 7) / 3)
  expect(marks[0]?.kinds).toEqual(['stages', 'import'])
})
