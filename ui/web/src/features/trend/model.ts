import * as z from 'zod/mini'
import type { LifecycleReport } from '@/api/types'
import type { Interval, Metric, ReportSearch } from '@/features/lifecycle/search'
import { dayCount } from '@/lib/days'

/** The report's figures by period of entry. Pure. */

const number = z.catch(z.nullable(z.number()), null)
const item = z.object({
  group: z.optional(z.string()),
  group_kind: z.optional(z.enum(['value', 'other', 'none'])),
  from: z.string(),
  to: z.string(),
  entered: z.number(),
  won: z.number(),
  lost: z.number(),
  left: z.number(),
  open: z.number(),
  conversion_rate: number,
  conversion_rate_lower: number,
  conversion_rate_upper: number,
  drop_off_rate: number,
  drop_off_rate_lower: number,
  drop_off_rate_upper: number,
  time_to_conversion_seconds_mean: number,
  time_to_drop_off_seconds_mean: number,
  immature: z.boolean(),
})
type Item = z.infer<typeof item>

export interface Period {
  from: string
  to: string
  /** These journeys have had less time than others: their figures may still change. */
  young: boolean
}

export interface Point {
  entered: number
  won: number
  lost: number
  open: number
  value: number | null
  low: number | null
  high: number | null
}

export interface Line {
  key: string
  /** What the interface calls the group; null where there is one line for all. */
  group: { kind: 'value' | 'other' | 'none'; label: string } | null
  points: Point[]
}

export interface Trend {
  periods: Period[]
  lines: Line[]
  /** Whether the young periods are at the end, so that a line is solid up to there. */
  solid: number
}

export type Kind = 'rate' | 'duration' | 'count'

export function kindOf(metric: Metric): Kind {
  if (metric === 'conversion_rate' || metric === 'drop_off_rate') return 'rate'
  return metric.startsWith('time_') ? 'duration' : 'count'
}

/** Few enough points to be read, and enough to show a course. */
export function usualInterval(from: string, to: string): Interval {
  const days = dayCount(from, to)
  if (days <= 31) return 'day'
  return days <= 190 ? 'week' : 'month'
}

export function metricOf(search: ReportSearch): Metric {
  return search.trend ?? 'conversion_rate'
}

export function intervalOf(search: ReportSearch, report: LifecycleReport): Interval {
  return search.interval ?? usualInterval(report.range.from, report.range.to)
}

/**
 * How long after its entry nine of ten wins have come. A cohort whose last day is younger than that may still win;
 * with a window every journey has had the same time, and the interface says which had not.
 */
export function ripeAfter(report: LifecycleReport, search: ReportSearch): number | null {
  return search.window ? null : (report.summary.time_to_conversion_seconds.p90 ?? null)
}

export function trend(items: unknown[], metric: Metric, asOf: string, ripe: number | null): Trend {
  const rows = items.map((one) => item.parse(one))
  const keys = [...new Set(rows.map(keyOf))]
  const first = rows.filter((row) => keyOf(row) === keys[0])
  const periods = first.map((row) => ({ from: row.from, to: row.to, young: young(row, asOf, ripe) }))
  const lines = keys.map((key) => {
    const own = rows.filter((row) => keyOf(row) === key)
    const [head] = own
    const group = head?.group_kind ? { kind: head.group_kind, label: head.group ?? '' } : null
    return { key, group, points: own.map((row) => point(row, metric)) }
  })
  const firstYoung = periods.findIndex((period) => period.young)
  return { periods, lines, solid: firstYoung < 0 ? periods.length : firstYoung }
}

const keyOf = (row: Item) => `${row.group_kind ?? ''}:${row.group ?? ''}`

function young(row: Item, asOf: string, ripe: number | null): boolean {
  if (row.immature || ripe === null) return row.immature
  const age = (Date.parse(asOf) - Date.parse(`${row.to}T23:59:59Z`)) / 1000
  return age < ripe
}

function point(row: Item, metric: Metric): Point {
  const shared = { entered: row.entered, won: row.won, lost: row.lost, open: row.open }
  switch (metric) {
    case 'conversion_rate':
    case 'drop_off_rate':
      return {
        ...shared,
        value: row[metric],
        low: row[`${metric}_lower`],
        high: row[`${metric}_upper`],
      }
    case 'time_to_conversion':
    case 'time_to_drop_off':
      return { ...shared, value: row[`${metric}_seconds_mean`], low: null, high: null }
    default:
      return { ...shared, value: row[metric], low: null, high: null }
  }
}

/** First and last period that are comparable, for the chart's sentence. */
export function course(trend: Trend): { from: number; to: number; first: Period; last: Period } | null {
  const points = trend.lines.length === 1 ? (trend.lines[0]?.points ?? []) : []
  const ripe = trend.periods.flatMap((period, i) => {
    const value = points[i]?.value
    return !period.young && value !== null && value !== undefined ? [{ period, value }] : []
  })
  const [first, last] = [ripe[0], ripe.at(-1)]
  if (!first || !last || first === last) return null
  return { from: first.value, to: last.value, first: first.period, last: last.period }
}

export interface DayMarks {
  day: string
  /** 0 at the left edge of the chart, 1 at its right. */
  at: number
  kinds: string[]
  texts: { id: string; kind: string; text: string }[]
}

export interface Mark {
  day: string
  kind: string
  id: string
  text: string
}

/** Marks of one day together, each at its place between the periods. */
export function dayMarks(marks: Mark[], periods: Period[]): DayMarks[] {
  const days = [...new Set(marks.map((mark) => mark.day))]
  return days.flatMap((day) => {
    const i = periods.findIndex((period) => period.from <= day && day <= period.to)
    const period = periods[i]
    if (!period) return []
    const inside = (dayCount(period.from, day) - 0.5) / dayCount(period.from, period.to)
    const own = marks.filter((mark) => mark.day === day)
    return {
      day,
      at: (i + inside) / periods.length,
      kinds: [...new Set(own.map((mark) => mark.kind))],
      texts: own.map(({ id, kind, text }) => ({ id, kind, text })),
    }
  })
}
