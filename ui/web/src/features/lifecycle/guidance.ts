import type { LifecycleReport, ReportStage } from '@/api/types'
import { FEW } from './chance'

/** What the numbers suggest to look at. Pure; the words are the view's. Each hint holds only where it is worth acting on. */

export type Hint =
  | { kind: 'few'; entered: number }
  | { kind: 'stuck'; stage: string; goOn: number; dropOff: number; now: number; id: string }
  | { kind: 'weak'; stage: string; next: string; rate: number; id: string; nextId: string }
  | { kind: 'early'; share: number; stage: string; id: string }
  | { kind: 'late'; share: number; count: number; stages: string; reason: string | null }
  | { kind: 'waiting'; stage: string; now: number; waiting: number; usual: number; id: string }
  | { kind: 'fine' }

/** Where less than this goes on, a step is called low. */
const LOW = 0.5
/** Losses of which this share come from the first stage are early ones; from the last two, late ones. */
const MOST = 0.5
const LATE = 0.3
/** Waiting this many times longer than usual is said. */
const LONGER = 2
const ENOUGH_WAITING = 10
const SHOWN = 4

export function guidance(report: LifecycleReport): Hint[] {
  const { entered } = report.summary
  if (entered < FEW) return [{ kind: 'few', entered }]
  const stages = report.stages ?? []
  const progress = stages.filter((row) => row.stage.kind === 'progress')
  const stuck = progress.flatMap(stuckHint)
  const hints = [
    ...stuck,
    ...weakHint(stages),
    ...lossHints(progress, report.summary.lost),
    ...waitingHints(progress),
  ]
  return hints.length > 0 ? hints.slice(0, SHOWN) : [{ kind: 'fine' }]
}

function stuckHint(row: ReportStage): Hint[] {
  if (!row.stuck) return []
  return [
    {
      kind: 'stuck',
      stage: row.stage.name,
      id: row.stage.id,
      goOn: row.conversion_rate ?? 0,
      dropOff: row.drop_off_rate ?? 0,
      now: row.in_stage_now ?? 0,
    },
  ]
}

function weakHint(stages: ReportStage[]): Hint[] {
  const steps = stages.flatMap((row, i) => {
    const next = stages[i + 1]
    const rate = row.conversion_rate
    const low =
      row.stage.kind === 'progress' && !row.stuck && row.reached >= FEW && rate !== null && rate < LOW
    return next && low ? [{ row, next, rate }] : []
  })
  const weakest = steps.sort((a, b) => a.rate - b.rate)[0]
  if (!weakest) return []
  const { row, next, rate } = weakest
  return [
    {
      kind: 'weak',
      stage: row.stage.name,
      id: row.stage.id,
      next: next.stage.name,
      nextId: next.stage.id,
      rate,
    },
  ]
}

function lossHints(progress: ReportStage[], lost: number): Hint[] {
  const first = progress[0]
  if (lost < FEW || !first || progress.length < 3) return []
  const early = (first.lost_here ?? 0) / lost
  const last = progress.slice(-2)
  const count = last.reduce((sum, row) => sum + (row.lost_here ?? 0), 0)
  const out: Hint[] = []
  if (early >= MOST) out.push({ kind: 'early', share: early, stage: first.stage.name, id: first.stage.id })
  if (progress.length > 3 && count / lost >= LATE) {
    const stages = last.map((row) => row.stage.name).join(', ')
    out.push({ kind: 'late', share: count / lost, count, stages, reason: topReason(last) })
  }
  return out
}

function topReason(rows: ReportStage[]): string | null {
  const counts = new Map<string, number>()
  for (const row of rows) {
    for (const reason of row.top_reasons ?? []) {
      counts.set(reason.stage.name, (counts.get(reason.stage.name) ?? 0) + reason.count)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

function waitingHints(progress: ReportStage[]): Hint[] {
  const long = progress.flatMap((row) => {
    const usual = row.time_in_stage_seconds?.mean ?? null
    const waiting = row.waiting_seconds_mean
    const now = row.in_stage_now ?? 0
    const said =
      usual !== null && usual > 0 && waiting !== null && waiting >= usual * LONGER && now >= ENOUGH_WAITING
    return said
      ? [{ kind: 'waiting' as const, stage: row.stage.name, id: row.stage.id, now, waiting, usual }]
      : []
  })
  return long.sort((a, b) => b.now - a.now).slice(0, 1)
}
