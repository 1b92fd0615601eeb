import type { LifecycleReport, ReportGroup, ReportStage, Spread, StageRef, Summary } from '@/api/types'

/** Factories for answers of the report call, in the shape that the interface's documentation shows. */

export function stage(key: string, name: string, position: number | null, kind: StageRef['kind']) {
  return { id: `stg_${key}`, key, name, kind, position, emoji: null, archived: false }
}

export const STAGES = {
  new: stage('new_lead', 'New lead', 1, 'progress'),
  hot: stage('hot_lead', 'Hot lead', 2, 'progress'),
  payment: stage('payment', 'Payment', 3, 'progress'),
  customer: stage('customer', 'Customer', 4, 'won'),
  cold: stage('cold_lead', 'Cold lead', null, 'lost'),
  budget: stage('no_budget', 'No budget', null, 'lost'),
  rival: stage('competitor', 'Chose a competitor', null, 'lost'),
}

export function spread(mean: number, journeys: number): Spread {
  return { mean, median: Math.round(mean * 0.86), p90: Math.round(mean * 2.1), journeys }
}

export function summary(over: Partial<Summary> = {}): Summary {
  return {
    entered: 212,
    contacts: 205,
    won: 66,
    lost: 60,
    left: 9,
    open: 77,
    conversion_rate: 66 / 212,
    conversion_rate_interval: [0.2527, 0.3766],
    time_to_conversion_seconds: spread(388_800, 66),
    drop_off_rate: 60 / 212,
    drop_off_rate_interval: [0.2268, 0.3471],
    time_to_drop_off_seconds: spread(226_000, 58),
    hand_off_seconds: null,
    handling_seconds: null,
    stranger_to_customer_seconds: null,
    ...over,
  }
}

export function stages(): ReportStage[] {
  return [
    {
      stage: STAGES.new,
      reached: 212,
      visited: 204,
      share_of_entered: 1,
      conversion_rate: 141 / 212,
      won_later_rate: 66 / 212,
      lost_here: 14,
      drop_off_rate: 14 / 212,
      left_here: 6,
      in_stage_now: 51,
      waiting_seconds_mean: 412_000,
      time_in_stage_seconds: spread(93_600, 152),
      top_reasons: [
        { stage: STAGES.cold, count: 9 },
        { stage: STAGES.budget, count: 4 },
        { stage: STAGES.rival, count: 1 },
      ],
      stuck: false,
      flow: { entries: 219, forward: 141, back: 0, lost: 14, left: 6, still_there: 58 },
    },
    {
      stage: STAGES.hot,
      reached: 141,
      visited: 118,
      share_of_entered: 141 / 212,
      conversion_rate: 79 / 141,
      won_later_rate: 66 / 141,
      lost_here: 41,
      drop_off_rate: 41 / 141,
      left_here: 3,
      in_stage_now: 18,
      waiting_seconds_mean: 268_000,
      time_in_stage_seconds: spread(187_200, 97),
      top_reasons: [
        { stage: STAGES.budget, count: 26 },
        { stage: STAGES.rival, count: 9 },
        { stage: STAGES.cold, count: 6 },
      ],
      stuck: true,
      flow: { entries: 126, forward: 59, back: 7, lost: 41, left: 3, still_there: 16 },
    },
    {
      stage: STAGES.payment,
      reached: 79,
      visited: 74,
      share_of_entered: 79 / 212,
      conversion_rate: 66 / 79,
      won_later_rate: 66 / 79,
      lost_here: 5,
      drop_off_rate: 5 / 79,
      left_here: 0,
      in_stage_now: 8,
      waiting_seconds_mean: null,
      time_in_stage_seconds: spread(64_800, 61),
      top_reasons: [{ stage: STAGES.budget, count: 5 }],
      stuck: false,
      flow: { entries: 77, forward: 62, back: 3, lost: 5, left: 0, still_there: 7 },
    },
    {
      stage: STAGES.customer,
      reached: 66,
      visited: 66,
      share_of_entered: 66 / 212,
      conversion_rate: null,
      won_later_rate: 1,
      lost_here: null,
      drop_off_rate: null,
      left_here: null,
      in_stage_now: null,
      waiting_seconds_mean: null,
      time_in_stage_seconds: null,
      top_reasons: [],
      stuck: null,
      flow: null,
    },
  ]
}

const group = (
  label: string,
  entered: number,
  won: number,
  over: Partial<ReportGroup> = {},
): ReportGroup => ({
  kind: 'value',
  value: label,
  label,
  summary: summary({
    entered,
    won,
    lost: Math.round(entered * 0.28),
    left: 1,
    open: entered - won - Math.round(entered * 0.28) - 1,
    conversion_rate: won / entered,
    conversion_rate_interval: [Math.max(0, won / entered - 0.09), won / entered + 0.1],
  }),
  differs: { p: 0.4, q: 0.6, claim: false },
  values: null,
  compare: null,
  ...over,
})

export function groups(): ReportGroup[] {
  return [
    group('Spring sale', 88, 38, { differs: { p: 0.003, q: 0.02, claim: true } }),
    group('Brand search', 61, 17),
    group('Retargeting Q4', 34, 5, { differs: { p: 0.01, q: 0.03, claim: true } }),
    group('Newsletter', 9, 3),
    group('Other', 12, 2, { kind: 'other', value: null, values: 7 }),
    group('No campaign', 8, 1, { kind: 'none', value: null }),
  ]
}

export function report(over: Partial<LifecycleReport> = {}): LifecycleReport {
  return {
    range: { from: '2026-11-09', to: '2026-11-22', time_zone: 'Europe/Paris' },
    seq: 4711,
    as_of: '2026-11-22T10:00:00.000Z',
    summary: summary(),
    hand_off_stage: null,
    compare: {
      range: { from: '2026-10-26', to: '2026-11-08', time_zone: 'Europe/Paris' },
      summary: summary({ entered: 190, won: 52, conversion_rate: 52 / 190 }),
      difference: {
        entered: 22 / 190,
        won: 14 / 52,
        lost: 0.07,
        conversion_rate: 0.138,
        conversion_rate_points: 0.0376,
        drop_off_rate: 0.071,
        drop_off_rate_points: 0.0188,
        time_to_conversion_seconds: -0.121,
        time_to_drop_off_seconds: 0,
      },
    },
    stages: stages(),
    lost: [
      {
        stage: STAGES.budget,
        count: 35,
        share: 35 / 60,
        time_to_drop_off_seconds: spread(251_000, 34),
        origins: [
          { stage: STAGES.hot, count: 26 },
          { stage: STAGES.payment, count: 5 },
          { stage: STAGES.new, count: 4 },
        ],
      },
      {
        stage: STAGES.cold,
        count: 15,
        share: 0.25,
        time_to_drop_off_seconds: spread(188_000, 14),
        origins: [
          { stage: STAGES.new, count: 9 },
          { stage: STAGES.hot, count: 6 },
        ],
      },
      {
        stage: STAGES.rival,
        count: 10,
        share: 10 / 60,
        time_to_drop_off_seconds: { mean: null, median: null, p90: null, journeys: 0 },
        origins: [
          { stage: STAGES.hot, count: 9 },
          { stage: STAGES.new, count: 1 },
        ],
      },
    ],
    groups: [],
    notices: [
      { kind: 'bulk_not_counted', count: 12, text: '12 imported contacts are not counted as moves.' },
    ],
    ...over,
  }
}
