import type { Flow, ReportGroup, ReportStage, Spread, Summary } from '@/api/types'
import type { CardId, Verdict } from './model'
import { FEW, verdict } from './model'

/** Stages, their flow and groups as display rows. Pure. */

export interface StageRow {
  id: string
  name: string
  emoji: string | null
  archived: boolean
  /** 0 at the first stage, 1 at Won and beyond: how dark the stage's colour is. */
  depth: number
  progress: boolean
  reached: number
  visited: number
  conversion: number | null
  shareOfEntered: number | null
  wonLater: number | null
  time: Spread | null
  now: number | null
  waiting: number | null
  lost: number | null
  dropOff: number | null
  left: number | null
  reasons: { id: string; name: string; count: number }[]
  /** The stage after this one. */
  next: { id: string; reached: number } | null
  stuck: boolean
  /** This row's step to the next stage is the weakest one of the report. */
  weakest: boolean
}

function depths(stages: ReportStage[]): number[] {
  const won = stages.findIndex((row) => row.stage.kind === 'won')
  const last = won > 0 ? won : Math.max(1, stages.length - 1)
  return stages.map((_, i) => Math.min(1, i / last))
}

function weakestStep(stages: ReportStage[]): ReportStage | undefined {
  const steps = stages.filter(
    (row) => row.stage.kind === 'progress' && row.conversion_rate !== null && row.reached >= FEW,
  )
  if (steps.length < 2) return undefined
  return steps.reduce((low, row) => ((row.conversion_rate ?? 1) < (low.conversion_rate ?? 1) ? row : low))
}

function following(row: ReportStage | undefined): StageRow['next'] {
  return row ? { id: row.stage.id, reached: row.reached } : null
}

export function stageRows(stages: ReportStage[]): StageRow[] {
  const depth = depths(stages)
  const weakest = weakestStep(stages)
  return stages.map((row, i) => ({
    id: row.stage.id,
    name: row.stage.name,
    emoji: row.stage.emoji ?? null,
    archived: row.stage.archived ?? false,
    depth: depth[i] ?? 0,
    progress: row.stage.kind === 'progress',
    reached: row.reached,
    visited: row.visited,
    conversion: row.conversion_rate,
    shareOfEntered: row.share_of_entered,
    wonLater: row.won_later_rate,
    time: row.time_in_stage_seconds ?? null,
    now: row.in_stage_now ?? null,
    waiting: row.waiting_seconds_mean ?? null,
    lost: row.lost_here ?? null,
    dropOff: row.drop_off_rate ?? null,
    left: row.left_here ?? null,
    reasons: (row.top_reasons ?? []).map((r) => ({ id: r.stage.id, name: r.stage.name, count: r.count })),
    next: following(stages[i + 1]),
    stuck: row.stuck ?? false,
    weakest: row === weakest,
  }))
}

export interface FlowRow {
  id: string
  name: string
  flow: Flow
}

export function flowRows(stages: ReportStage[]): FlowRow[] {
  return stages.flatMap((row) =>
    row.flow ? [{ id: row.stage.id, name: row.stage.name, flow: row.flow }] : [],
  )
}

export interface FunnelRow {
  id: string
  name: string
  depth: number
  won: boolean
  reached: number
  visited: number
  /** Shares of the widest bar, 0..1. */
  width: number
  visitedWidth: number
  share: number | null
  /** Journeys that do not reach the next stage, and the next bar's width; null from Won on: to stay won is no loss. */
  drop: { count: number; rate: number | null; nextWidth: number; next: string; nextId: string } | null
}

export function funnelRows(stages: ReportStage[]): FunnelRow[] {
  const depth = depths(stages)
  const widest = Math.max(1, ...stages.map((row) => row.reached))
  return stages.map((row, i) => {
    const next = stages[i + 1]
    return {
      id: row.stage.id,
      name: row.stage.name,
      depth: depth[i] ?? 0,
      won: row.stage.kind === 'won',
      reached: row.reached,
      visited: row.visited,
      width: row.reached / widest,
      visitedWidth: row.visited / widest,
      share: row.share_of_entered,
      drop:
        next && row.stage.kind === 'progress'
          ? {
              count: row.reached - next.reached,
              rate: row.reached > 0 ? (row.reached - next.reached) / row.reached : null,
              nextWidth: next.reached / widest,
              next: next.stage.name,
              nextId: next.stage.id,
            }
          : null,
    }
  })
}

/** The step that loses the largest part, for the chart's one-sentence text. */
export function largestDrop(rows: FunnelRow[]): FunnelRow | undefined {
  return rows.reduce<FunnelRow | undefined>(
    (worst, row) => ((row.drop?.rate ?? 0) > (worst?.drop?.rate ?? 0) ? row : worst),
    undefined,
  )
}

export type Claim = 'higher' | 'lower' | 'no_claim' | 'too_few' | 'not_tested'

/** What is different since the range before. */
export interface Change {
  verdict: Verdict
  difference: number | null
  points: number | null
}

export interface GroupRow {
  id: string
  kind: ReportGroup['kind']
  label: string
  value: string | null
  values: number
  entered: number
  won: number
  lost: number
  left: number
  open: number
  conversion: number | null
  interval: [number, number] | null
  dropOff: number | null
  timeToConversion: number | null
  /** Null where there is nothing to compare with. */
  changes: Record<'conversion' | 'dropOff' | 'time', Change | null>
  claim: Claim
  p: number | null
}

/** Of too few journeys, now or then, nothing is claimed. */
function changes({ summary, compare }: ReportGroup): GroupRow['changes'] {
  const few = (of: (one: Summary) => number) =>
    Math.min(summary ? of(summary) : 0, compare ? of(compare.summary) : 0) < FEW
  const by = few((one) => one.entered) ? undefined : compare?.difference
  const fewTimes = few((one) => one.time_to_conversion_seconds.journeys)
  const change = (id: CardId, difference: number | null = null, points: number | null = null) => {
    const found = verdict(id, points ?? difference)
    return found && { verdict: found, difference, points }
  }
  return {
    conversion: change('conversion_rate', by?.conversion_rate, by?.conversion_rate_points),
    dropOff: change('drop_off_rate', by?.drop_off_rate, by?.drop_off_rate_points),
    time: fewTimes ? null : change('time_to_conversion', by?.time_to_conversion_seconds),
  }
}

export function groupRows(groups: ReportGroup[], entered: number, conversion: number | null): GroupRow[] {
  return groups.flatMap((group) => {
    const { summary } = group
    if (!summary) return []
    const [low, high] = summary.conversion_rate_interval ?? []
    return {
      id: `${group.kind}:${group.value ?? ''}`,
      kind: group.kind,
      label: group.label,
      value: group.value,
      values: group.values ?? 0,
      entered: summary.entered,
      won: summary.won,
      lost: summary.lost,
      left: summary.left,
      open: summary.open,
      conversion: summary.conversion_rate,
      interval: low === undefined || high === undefined ? null : [low, high],
      dropOff: summary.drop_off_rate,
      timeToConversion: summary.time_to_conversion_seconds.mean,
      changes: changes(group),
      claim: claim(group, summary, entered, conversion),
      p: group.differs?.p ?? null,
    }
  })
}

function claim(group: ReportGroup, summary: Summary, entered: number, overall: number | null): Claim {
  const own = summary.entered
  if (own < FEW || entered - own < FEW) return 'too_few'
  if (!group.differs) return 'not_tested'
  const rate = summary.conversion_rate
  if (!group.differs.claim || rate === null || overall === null) return 'no_claim'
  return rate >= overall ? 'higher' : 'lower'
}
