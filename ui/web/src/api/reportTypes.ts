import type { StageRef } from './types'

/** The lifecycle report's answer. */

export interface Spread {
  mean: number | null
  median: number | null
  p90: number | null
  journeys: number
}

export interface Summary {
  entered: number
  contacts: number | null
  won: number
  lost: number
  left: number
  open: number
  conversion_rate: number | null
  conversion_rate_interval: [number, number] | number[] | null
  time_to_conversion_seconds: Spread | null
  drop_off_rate: number | null
  drop_off_rate_interval: [number, number] | number[] | null
  time_to_drop_off_seconds: Spread | null
}

export interface DateRange {
  from: string
  to: string
  time_zone?: string
}

export interface Difference {
  entered: number | null
  won: number | null
  lost: number | null
  conversion_rate: number | null
  conversion_rate_points: number | null
  drop_off_rate: number | null
  drop_off_rate_points: number | null
  time_to_conversion_seconds: number | null
  time_to_drop_off_seconds: number | null
}

export interface StageCount {
  stage: StageRef
  count: number
}

export interface Flow {
  entries: number
  forward: number
  back: number
  lost: number
  left: number
  still_there: number
}

/** One main stage of the report. What only progress stages have is null for the others. */
export interface ReportStage {
  stage: StageRef
  reached: number
  visited: number
  share_of_entered: number | null
  conversion_rate: number | null
  won_later_rate: number | null
  lost_here?: number | null
  drop_off_rate?: number | null
  left_here?: number | null
  in_stage_now?: number | null
  waiting_seconds_mean?: number | null
  time_in_stage_seconds?: Spread | null
  top_reasons?: StageCount[] | null
  stuck?: boolean | null
  flow?: Flow | null
}

export interface LostStage {
  stage: StageRef
  count: number
  share: number | null
  time_to_drop_off_seconds: Spread | null
  origins: StageCount[] | null
}

export interface Differs {
  p: number | null
  q: number | null
  claim: boolean
}

export interface ReportGroup {
  kind: 'value' | 'other' | 'none'
  value: string | null
  label: string
  values?: number | null
  summary: Summary
  differs?: Differs | null
}

export interface Notice {
  kind: string
  count?: number | null
  text: string
}

export interface LifecycleReport {
  range: DateRange & { time_zone: string }
  seq: number
  as_of: string
  summary: Summary
  compare?: { range: DateRange; summary: Summary; difference: Difference } | null
  stages?: ReportStage[] | null
  lost?: LostStage[] | null
  groups?: ReportGroup[] | null
  notices?: Notice[] | null
}
