import type { EditEffect, Headline } from '@/api/types'

/** The headline numbers before and after an edit of the stages, as lines. Pure. */

export type LineUnit = 'count' | 'rate' | 'seconds'
export interface EffectLine {
  id: (typeof LINES)[number][0]
  unit: LineUnit
  before: number | null
  after: number | null
  changed: boolean
}

const LINES = [
  ['conversion_rate', 'rate', (h: Headline) => h.conversion_rate],
  ['time_to_conversion', 'seconds', (h: Headline) => h.time_to_conversion_seconds.mean],
  ['drop_off_rate', 'rate', (h: Headline) => h.drop_off_rate],
  ['time_to_drop_off', 'seconds', (h: Headline) => h.time_to_drop_off_seconds.mean],
  ['entered', 'count', (h: Headline) => h.entered],
  ['won', 'count', (h: Headline) => h.won],
  ['lost', 'count', (h: Headline) => h.lost],
  ['left', 'count', (h: Headline) => h.left],
  ['open', 'count', (h: Headline) => h.open],
] as const

/** Rates are shown with one decimal of a percent: a smaller difference is none. */
const SMALLEST: Record<LineUnit, number> = { count: 1, rate: 0.0005, seconds: 1 }

function differs(before: number | null, after: number | null, unit: LineUnit): boolean {
  if (before === null || after === null) return before !== after
  return Math.abs(after - before) >= SMALLEST[unit]
}

export function effectLines({ before, after }: Pick<EditEffect, 'before' | 'after'>): EffectLine[] {
  return LINES.map(([id, unit, read]) => {
    const [was, is] = [read(before), read(after)]
    return { id, unit, before: was, after: is, changed: differs(was, is, unit) }
  })
}
