import type {
  Opportunities,
  OpportunityFigures,
  OpportunityGroup,
  OpportunityStage,
} from '@/api/opportunities'
import { FEW } from '@/features/lifecycle/model'
import type { Measure } from './search'

/** The opportunity report as display rows. Pure. */

export type CardId = 'count' | 'value' | 'weighted_value' | 'age_seconds_mean'
export const CARDS: readonly CardId[] = ['count', 'value', 'weighted_value', 'age_seconds_mean']

/** (now - before) / before; null where there is nothing to compare with. */
export function difference(now: number | null, before: number | null | undefined): number | null {
  if (now === null || before === null || before === undefined || before === 0) return null
  return (now - before) / before
}

export interface Segment {
  key: string
  group: OpportunityGroup
  value: number
}

export interface Bar {
  stage: OpportunityStage
  total: number
  /** The groups, or one part without grouping; those that are nothing are left out. */
  parts: Segment[]
}

function measured(figures: OpportunityFigures, measure: Measure): number {
  return Math.max(0, figures[measure] ?? 0)
}

export function bars(report: Opportunities, measure: Measure): Bar[] {
  return report.stages.map((stage) => ({
    stage,
    total: measured(stage, measure),
    parts: (stage.groups ?? [])
      .map((group) => ({
        key: `${group.kind}:${group.group ?? ''}`,
        group,
        value: measured(group, measure),
      }))
      .filter((part) => part.value > 0),
  }))
}

/** The stage where most of the value is or, without values, most of the journeys. */
export function heaviest(report: Opportunities): { stage: OpportunityStage; by: 'value' | 'count' } | null {
  const by = report.totals.value > 0 ? 'value' : 'count'
  const stage = report.stages.toSorted((a, b) => b[by] - a[by])[0]
  return stage && stage[by] > 0 ? { stage, by } : null
}

/** Whether too few journeys ended to say what becomes of those in the stage. */
export function tooFew(stage: OpportunityStage): boolean {
  return stage.conversion.journeys < FEW
}
