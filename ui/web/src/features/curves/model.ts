import * as z from 'zod/mini'
import { FEW } from '@/features/lifecycle/model'

/** Won and lost by time since entry, and how long a conversion takes. Pure. */

export type Exit = 'won' | 'lost'
export type GroupKind = 'value' | 'other' | 'none'

const group = { group: z.optional(z.string()), group_kind: z.optional(z.enum(['value', 'other', 'none'])) }
const curveItem = z.object({
  ...group,
  day: z.number(),
  won: z.number(),
  won_lower: z.number(),
  won_upper: z.number(),
  lost: z.number(),
  lost_lower: z.number(),
  lost_upper: z.number(),
  at_risk: z.number(),
})
type CurveItem = z.infer<typeof curveItem>

export interface Estimate {
  value: number
  low: number
  high: number
}
export interface CurveDay {
  day: number
  won: Estimate
  lost: Estimate
  followed: number
}
export interface Curve {
  key: string
  group: { kind: GroupKind; label: string } | null
  days: CurveDay[]
}

function estimate(row: CurveItem, exit: Exit): Estimate {
  return { value: row[exit], low: row[`${exit}_lower`], high: row[`${exit}_upper`] }
}

/** One curve for all, or one for each group. */
export function curves(items: unknown[]): Curve[] {
  const out = new Map<string, Curve>()
  for (const raw of items) {
    const row = curveItem.parse(raw)
    const key = `${row.group_kind ?? ''}:${row.group ?? ''}`
    const curve = out.get(key) ?? {
      key,
      group: row.group_kind ? { kind: row.group_kind, label: row.group ?? '' } : null,
      days: [],
    }
    curve.days.push({
      day: row.day,
      won: estimate(row, 'won'),
      lost: estimate(row, 'lost'),
      followed: row.at_risk,
    })
    out.set(key, curve)
  }
  return [...out.values()]
}

export function longest(all: Curve[]): number {
  return Math.max(0, ...all.map((curve) => curve.days.at(-1)?.day ?? 0))
}

/** The last day that enough journeys were followed to, up to which a curve is worth saying. */
export function sayable(curve: Curve): CurveDay | null {
  return curve.days.findLast((day) => day.followed >= FEW) ?? null
}

const SHOWN = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365]

/** The days that the table shows; the file has them all. */
export function tableDays(curve: Curve): CurveDay[] {
  const last = curve.days.at(-1)?.day
  return curve.days.filter((day) => SHOWN.includes(day.day) || day.day === last)
}

const bucketItem = z.object({
  ...group,
  from_seconds: z.number(),
  to_seconds: z.nullable(z.number()),
  won: z.number(),
  lost: z.number(),
})

export interface Bucket {
  from: number
  /** Null of the last one, which holds all that is longer. */
  to: number | null
  count: number
  share: number
}

/** How long it took, over all groups: they share the buckets and add up. */
export function buckets(items: unknown[], exit: Exit): Bucket[] {
  const counts = new Map<number, { to: number | null; count: number }>()
  for (const raw of items) {
    const row = bucketItem.parse(raw)
    const known = counts.get(row.from_seconds)
    counts.set(row.from_seconds, { to: row.to_seconds, count: (known?.count ?? 0) + row[exit] })
  }
  const rows = [...counts].sort(([a], [b]) => a - b)
  const total = rows.reduce((sum, [, { count }]) => sum + count, 0)
  const out = rows.map(([from, { to, count }]) => ({ from, to, count, share: total > 0 ? count / total : 0 }))
  // Nothing is longer than the last that holds something.
  const last = out.findLastIndex((bucket) => bucket.count > 0)
  return out.slice(0, last + 1)
}

export function fullest(all: Bucket[]): Bucket | null {
  return all.reduce<Bucket | null>((best, one) => (one.count > (best?.count ?? 0) ? one : best), null)
}
