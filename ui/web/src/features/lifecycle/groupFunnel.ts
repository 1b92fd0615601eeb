import type { ReportGroup, ReportStage, Summary } from '@/api/types'

/** The funnel of each group beside that of all: shares of their own journeys, so that large and small compare. Pure. */

export interface GroupBar {
  /** Null: of all journeys. */
  group: ReportGroup | null
  /** The place among the ten colours of values; null of what is no value. */
  colour: number | null
  reached: number
  visited: number
  /** Shares of the group's own journeys, 0..1; null where it has none. */
  share: number | null
  visitedShare: number
}

export interface GroupedStage {
  id: string
  name: string
  bars: GroupBar[]
}

function bar(
  stage: ReportStage,
  entered: number,
  group: ReportGroup | null,
  colour: number | null,
): GroupBar {
  const share = entered > 0 ? Math.min(1, stage.reached / entered) : null
  return {
    group,
    colour,
    reached: stage.reached,
    visited: stage.visited,
    share,
    visitedShare: entered > 0 ? Math.min(1, stage.visited / entered) : 0,
  }
}

export function groupFunnel(stages: ReportStage[], groups: ReportGroup[], summary: Summary): GroupedStage[] {
  return stages.map((stage) => ({
    id: stage.stage.id,
    name: stage.stage.name,
    bars: [
      bar(stage, summary.entered, null, null),
      ...groups.flatMap((group, i) => {
        const own = group.stages?.find((one) => one.stage.id === stage.stage.id)
        return own
          ? [bar(own, group.summary?.entered ?? 0, group, group.kind === 'value' ? i % 10 : null)]
          : []
      }),
    ],
  }))
}
