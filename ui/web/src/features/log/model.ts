import type { ChangesQuery } from '@/api/log'
import type { Preset } from '@/features/lifecycle/search'
import type { Days } from '@/lib/days'
import { addDays } from '@/lib/days'
import type { LogSearch } from './search'

/** From the log's address to days, and from a day's count to what is drawn. Pure. */

const DEFAULT_PRESET: Preset = 'last_14_days'

/** The last `count` days with today, or the day before today alone. */
const lastDays = (count: number, today: string): Days => ({ from: addDays(today, 1 - count), to: today })

/** The first of a month, `by` months from a day's own. */
function firstOfMonth(day: string, by: number): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1))
    .toISOString()
    .slice(0, 10)
}

/** Months from `by`, up to the day before the first of the month after. */
function months(today: string, by: number, count: number): Days {
  return { from: firstOfMonth(today, by), to: addDays(firstOfMonth(today, by + count), -1) }
}

export function presetDays(preset: Preset, today: string): Days {
  const yesterday = addDays(today, -1)
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = addDays(today, -sinceMonday)
  const month = Number(today.slice(5, 7)) - 1
  const intoQuarter = -(month % 3)
  switch (preset) {
    case 'today':
      return lastDays(1, today)
    case 'yesterday':
      return { from: yesterday, to: yesterday }
    case 'last_7_days':
      return lastDays(7, today)
    case 'last_14_days':
      return lastDays(14, today)
    case 'last_30_days':
      return lastDays(30, today)
    case 'last_90_days':
      return lastDays(90, today)
    case 'this_week':
      return { from: monday, to: today }
    case 'last_week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) }
    case 'this_month':
      return { from: firstOfMonth(today, 0), to: today }
    case 'last_month':
      return months(today, -1, 1)
    case 'this_quarter':
      return { from: firstOfMonth(today, intoQuarter), to: today }
    case 'last_quarter':
      return months(today, intoQuarter - 3, 3)
    case 'this_year':
      return { from: firstOfMonth(today, -month), to: today }
    case 'last_year':
      return months(today, -month - 12, 12)
  }
}

export function daysOf({ preset, from, to }: LogSearch, today: string): Days {
  if (from && to && from <= to) return { from, to }
  return presetDays(preset ?? DEFAULT_PRESET, today)
}

/** Filters besides the days: how many are in force. */
export function filterCount({ q, actor, stage, counted, contact }: LogSearch): number {
  return [q, actor, stage, counted, contact].filter((one) => one !== undefined && one !== '').length
}

/** How high a bar stands, as a part of the highest; a day with anything is always seen. */
export function barHeight(count: number, highest: number): number {
  return count === 0 || highest === 0 ? 0 : Math.max(0.03, count / highest)
}

/** A round number at or above the highest count: where the axis ends. */
export function axisEnd(highest: number): number {
  if (highest <= 5) return 5
  const size = 10 ** Math.floor(Math.log10(highest))
  const step = [1, 2, 2.5, 5, 10].find((one) => one * size >= highest) ?? 10
  return Math.ceil(step * size)
}

/** The days that carry a label below the bars: both ends, and firsts of months not too near to them. */
export function tickDays(days: string[], most: number): number[] {
  const last = days.length - 1
  if (last <= 0) return days.length === 1 ? [0] : []
  const room = Math.max(1, Math.ceil(days.length / most))
  const firsts = days.flatMap((day, i) => (day.endsWith('-01') && i >= room && last - i >= room ? [i] : []))
  const every = Math.max(1, Math.ceil(firsts.length / Math.max(1, most - 2)))
  return [0, ...firsts.filter((_, i) => i % every === 0), last]
}

/** A day of the log: how many changes, and whether that is out of the ordinary. */
export interface DayCount {
  day: string
  count: number
  mark: 'spike' | 'drop' | null
  /** What is usual for such a day; null where too little is known. */
  usual: number | null
}

/** The address as the HTTP interface is asked. */
export function queryOf(search: LogSearch, { from, to }: Days): ChangesQuery {
  const { actor, stage, contact, counted, q } = search
  return { from, to, actor, stage, contact, counted, q }
}
