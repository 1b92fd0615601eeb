import type { LifecycleReport, Spread, Summary } from '@/api/types'
import { dayCount, dayIn } from '@/lib/days'
import type { Sample } from './chance'
import { FEW, reallyDiffers } from './chance'

/** The lifecycle report as display rows. Pure; words and number formats are added by the views. */

export { FEW }

export type Verdict = 'better' | 'worse' | 'same' | 'longer' | 'shorter' | 'higher' | 'lower'
export type CardId = 'conversion_rate' | 'time_to_conversion' | 'drop_off_rate' | 'time_to_drop_off'

export interface CardRow {
  id: CardId
  kind: 'rate' | 'duration'
  value: number | null
  before: number | null
  /** Relative difference, null where there is nothing to compare with. */
  difference: number | null
  /** Difference of two rates as a fraction; null on durations. */
  points: number | null
  verdict: Verdict | null
  interval: [number, number] | null
  spread: Spread | null
  /** Journeys behind the figure: `count` of `of`. */
  count: number
  of: number
  few: boolean
  /** Whether the difference of two rates is more than chance; null where nothing can be said. */
  real: boolean | null
}

function interval(values: number[] | null): [number, number] | null {
  const [low, high] = values ?? []
  return low === undefined || high === undefined ? null : [low, high]
}

export function verdict(id: CardId, difference: number | null): Verdict | null {
  if (difference === null) return null
  // What the page would print as 0.0 % is no change.
  if (Math.abs(difference) < 0.0005) return 'same'
  const up = difference > 0
  switch (id) {
    case 'conversion_rate':
      return up ? 'better' : 'worse'
    case 'time_to_conversion':
    case 'drop_off_rate':
      return up ? 'worse' : 'better'
    case 'time_to_drop_off':
      return up ? 'longer' : 'shorter'
  }
}

/** Of too few journeys, now or then, only the direction is said. */
function cautious(id: CardId, difference: number | null, few: boolean): Verdict | null {
  const found = verdict(id, difference)
  if (!few || difference === null || found === 'same') return found
  const up = difference > 0
  if (id === 'conversion_rate' || id === 'drop_off_rate') return up ? 'higher' : 'lower'
  return up ? 'longer' : 'shorter'
}

function sample(id: 'conversion_rate' | 'drop_off_rate', of: Summary): Sample {
  return { rate: of[id], of: of.entered, interval: interval(of[`${id}_interval`]) }
}

export function cards(report: LifecycleReport): CardRow[] {
  const { summary: now } = report
  const before = report.compare?.summary
  const by = report.compare?.difference
  const few = now.entered < FEW

  const rate = (id: 'conversion_rate' | 'drop_off_rate', count: number): CardRow => {
    const difference = by?.[id] ?? null
    const points = by?.[`${id}_points`] ?? null
    return {
      id,
      kind: 'rate',
      value: now[id],
      before: before?.[id] ?? null,
      difference,
      points,
      verdict: cautious(id, points ?? difference, few || (before?.entered ?? 0) < FEW),
      interval: interval(now[`${id}_interval`]),
      spread: null,
      count,
      of: now.entered,
      few,
      real: before ? reallyDiffers(sample(id, now), sample(id, before)) : null,
    }
  }
  const time = (id: 'time_to_conversion' | 'time_to_drop_off', of: number): CardRow => {
    const spread = now[`${id}_seconds`]
    const difference = by?.[`${id}_seconds`] ?? null
    const few = (spread?.journeys ?? 0) < FEW
    return {
      id,
      kind: 'duration',
      value: spread?.mean ?? null,
      before: before?.[`${id}_seconds`]?.mean ?? null,
      difference,
      points: null,
      verdict: cautious(id, difference, few || (before?.[`${id}_seconds`]?.journeys ?? 0) < FEW),
      interval: null,
      spread,
      count: spread?.journeys ?? 0,
      of,
      few,
      real: null,
    }
  }
  return [
    rate('conversion_rate', now.won),
    time('time_to_conversion', now.won),
    rate('drop_off_rate', now.lost),
    time('time_to_drop_off', now.lost),
  ]
}

export type OutcomeName = 'won' | 'lost' | 'left' | 'open'

export interface OutcomePart {
  outcome: OutcomeName
  count: number
  share: number
}

/** entered = won + lost + left + open. */
export function outcomes(summary: Summary): OutcomePart[] {
  const names: OutcomeName[] = ['won', 'lost', 'left', 'open']
  return names.map((outcome) => ({
    outcome,
    count: summary[outcome],
    share: summary.entered > 0 ? summary[outcome] / summary.entered : 0,
  }))
}

/** From how many points more open journeys on, the page says that they had less time. */
const LESS_TIME = 0.1

export function openShares(report: LifecycleReport): { now: number; before: number } | null {
  const before = report.compare?.summary
  if (!before || before.entered === 0 || report.summary.entered === 0) return null
  const shares = { now: report.summary.open / report.summary.entered, before: before.open / before.entered }
  return shares.now - shares.before >= LESS_TIME ? shares : null
}

export type Reading =
  | {
      kind: 'losses'
      most: boolean
      stage: string
      count: number
      of: number
      reason: string | null
      mostly: boolean
    }
  | { kind: 'weakest'; from: string; to: string; rate: number }
  | { kind: 'none' }

/** The one sentence worth reading first: where losses happen, else the weakest step. */
export function reading(report: LifecycleReport): Reading {
  const stages = report.stages ?? []
  const worst = stages.reduce<(typeof stages)[number] | undefined>(
    (best, row) => ((row.lost_here ?? 0) > (best?.lost_here ?? 0) ? row : best),
    undefined,
  )
  if (worst) {
    const count = worst.lost_here ?? 0
    const reason = worst.top_reasons?.[0]
    return {
      kind: 'losses',
      most: count * 2 > report.summary.lost,
      stage: worst.stage.name,
      count,
      of: report.summary.lost,
      reason: reason?.stage.name ?? null,
      mostly: (reason?.count ?? 0) * 2 > count,
    }
  }
  const steps = stages.flatMap((row, i) => {
    const next = stages[i + 1]
    return next && row.stage.kind === 'progress' && row.conversion_rate !== null && row.reached >= FEW
      ? [{ from: row.stage.name, to: next.stage.name, rate: row.conversion_rate }]
      : []
  })
  const weakest = steps.sort((a, b) => a.rate - b.rate)[0]
  return weakest ? { kind: 'weakest', ...weakest } : { kind: 'none' }
}

/** Any report of a range of days, as of an instant. */
export type Dated = Pick<LifecycleReport, 'range' | 'as_of'>

/** The range has today in it, so its last day is not over. */
export function holdsToday(report: Dated): boolean {
  const today = dayIn(report.range.time_zone, new Date(report.as_of))
  return report.range.from <= today && today <= report.range.to
}

export function daysIn(report: Pick<Dated, 'range'>): number {
  return dayCount(report.range.from, report.range.to)
}
