import * as z from 'zod/mini'
import type { ReportSearch } from '@/features/lifecycle/search'
import { INTERVALS, reportSearch, UTM_FIELDS } from '@/features/lifecycle/search'

export const MODELS = ['first', 'last', 'linear', 'position', 'time_decay', 'markov', 'shapley'] as const
export type Model = (typeof MODELS)[number]

export const LEVELS = [
  'source',
  'sub_source',
  'medium',
  'campaign',
  'ad_group',
  'ad',
  'keyword',
  'landing_page',
  ...UTM_FIELDS,
] as const
export type Level = (typeof LEVELS)[number]

export const LOOK_BACKS = [7, 30, 90, 365] as const
export const METRICS = ['visits', 'leads', 'new_customers', 'sales', 'revenue', 'cost', 'roas'] as const
export type Metric = (typeof METRICS)[number]

export const COLUMNS = [
  'leads',
  'lead_form',
  'lead_call',
  'lead_chat',
  'lead_other',
  'submissions',
  'contacts',
  'customers',
  'new_customers',
  'opportunities',
  'sales',
  'revenue',
] as const

const { shape } = reportSearch
const whole = z.coerce.number().check(z.int(), z.gte(1), z.lte(3650))
const text = z.catch(z.optional(z.string()), undefined)

/** All state of the page. An address that names nonsense shows the default, never an error. */
export const sourceSearch = z.object({
  preset: shape.preset,
  from: shape.from,
  to: shape.to,
  compare: shape.compare,
  compare_from: shape.compare_from,
  compare_to: shape.compare_to,
  around: shape.around,
  days: shape.days,
  by: z.catch(z.optional(z.enum(['activity', 'cohort'])), undefined),
  model: z.catch(z.optional(z.enum(MODELS)), undefined),
  /** Another model beside it. */
  also: z.catch(z.optional(z.enum(MODELS)), undefined),
  lookback: z.catch(z.optional(whole), undefined),
  direct: z.catch(z.optional(z.enum(['pass_over', 'keep'])), undefined),
  level: z.catch(z.optional(z.enum(LEVELS)), undefined),
  source: shape.source,
  sub_source: shape.source,
  medium: shape.source,
  campaign: shape.source,
  ad_group: shape.source,
  ad: shape.source,
  keyword: shape.source,
  landing_page: shape.source,
  utm_source: shape.source,
  utm_medium: shape.source,
  utm_campaign: shape.source,
  utm_term: shape.source,
  utm_content: shape.source,
  /** What the trend shows, and how long its periods are. */
  metric: z.catch(z.optional(z.enum(METRICS)), undefined),
  interval: z.catch(z.optional(z.enum(INTERVALS)), undefined),
  /** The number whose contacts are shown beside the report. */
  column: z.catch(z.optional(z.enum(COLUMNS)), undefined),
  row: text,
})
export type SourceSearch = z.infer<typeof sourceSearch>

/** Where a row leads to: the level within it. */
const WITHIN: Partial<Record<Level, Level>> = {
  source: 'sub_source',
  sub_source: 'campaign',
  medium: 'campaign',
  campaign: 'ad_group',
  ad_group: 'ad',
  utm_source: 'utm_medium',
  utm_medium: 'utm_campaign',
  utm_campaign: 'utm_content',
}

export function within(search: SourceSearch, value: string): SourceSearch | null {
  const level = search.level ?? 'source'
  const next = WITHIN[level]
  return next ? { ...search, [level]: [value], level: next, row: undefined, column: undefined } : null
}

/** The values that rows are within, outermost first. */
export function path(search: SourceSearch): { level: Level; values: string[] }[] {
  return LEVELS.flatMap((level) => {
    const values = search[level]
    return values ? [{ level, values }] : []
  })
}

/** Out of a value again: to its own level, without it and what is within it. */
export function outOf(search: SourceSearch, level: Level): SourceSearch {
  const inner = LEVELS.slice(LEVELS.indexOf(level))
  return { ...search, ...Object.fromEntries(inner.map((one) => [one, undefined])), level }
}

/** The days of a page, and what they are compared with. */
export type DaySearch = Pick<
  SourceSearch,
  'preset' | 'from' | 'to' | 'compare' | 'compare_from' | 'compare_to' | 'around' | 'days'
>

/** What the pickers of the lifecycle report know of it: the days. */
export function asReport(search: DaySearch): ReportSearch {
  const { preset, from, to, compare, compare_from, compare_to, around, days } = search
  return { preset: preset ?? 'last_90_days', from, to, compare, compare_from, compare_to, around, days }
}

export function fromReport<Search extends DaySearch>(search: Search, next: ReportSearch): Search {
  const { preset, from, to, compare, compare_from, compare_to, around, days } = next
  return { ...search, preset, from, to, compare, compare_from, compare_to, around, days }
}
