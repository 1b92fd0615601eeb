import * as z from 'zod/mini'

export const PRESETS = [
  'today',
  'yesterday',
  'last_7_days',
  'last_14_days',
  'last_30_days',
  'last_90_days',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
] as const
export type Preset = (typeof PRESETS)[number]

export const COMPARES = ['previous', 'year', 'none'] as const
export type Compare = (typeof COMPARES)[number]

export const FILTERS = [
  'source',
  'sub_source',
  'medium',
  'campaign',
  'ad_group',
  'ad',
  'keyword',
  'landing_page',
  'owner',
  'created_by',
  'journey',
] as const
export type FilterName = (typeof FILTERS)[number]

/** What an address itself said, by which only the source report groups. */
export const UTM_FIELDS = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const

/** What rows and groups can be of. */
export type Dimension = FilterName | (typeof UTM_FIELDS)[number]

export const INTERVALS = ['day', 'week', 'month'] as const
export type Interval = (typeof INTERVALS)[number]

export const METRICS = [
  'conversion_rate',
  'drop_off_rate',
  'time_to_conversion',
  'time_to_drop_off',
  'entered',
  'won',
  'lost',
] as const
export type Metric = (typeof METRICS)[number]

export const CREATED_BY = ['import', 'api', 'manual', 'form', 'call', 'chat', 'ad'] as const
export const JOURNEYS = ['first', 'return'] as const

/** One value or several; an empty one means “has none”. */
function several<T extends z.core.$ZodType>(one: T) {
  const list = z.transform((v: unknown) => (v === undefined || Array.isArray(v) ? v : [v]))
  return z.catch(z.optional(z.pipe(list, z.optional(z.array(one)))), undefined)
}
const values = several(z.string())
/** A whole number that the address holds as text. */
function count(least: number) {
  const within = z.coerce.number().check(z.int(), z.gte(least), z.lte(3650))
  return z.catch(z.optional(within), undefined)
}
const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined)

/** All state of the report page. An address that names nonsense shows the default, never an error. */
export const reportSearch = z.object({
  preset: z.catch(z.optional(z.enum(PRESETS)), undefined),
  from: day,
  to: day,
  compare: z.catch(z.optional(z.enum(COMPARES)), undefined),
  compare_from: day,
  compare_to: day,
  /** Instead of a range: the days from this one on, compared with as many right before. */
  around: day,
  days: count(1),
  /** Only journeys that began at least so many days ago. */
  min_age: count(0),
  /** Each journey as of so many days after its entry. */
  window: count(1),
  group_by: z.catch(z.optional(z.enum(FILTERS)), undefined),
  source: values,
  sub_source: values,
  medium: values,
  campaign: values,
  ad_group: values,
  ad: values,
  keyword: values,
  landing_page: values,
  owner: values,
  created_by: several(z.enum(CREATED_BY)),
  journey: several(z.enum(JOURNEYS)),
  /** What the trend shows, and how long its periods are. */
  trend: z.catch(z.optional(z.enum(METRICS)), undefined),
  interval: z.catch(z.optional(z.enum(INTERVALS)), undefined),
  /** Which way out the curves and the histogram show. */
  exit: z.catch(z.optional(z.enum(['won', 'lost'])), undefined),
  /** The number whose journeys are shown beside the report. */
  explain: z.catch(z.optional(z.string()), undefined),
  /** Only contacts who are meant by this filter now: text, `view:ID` or `list:ID`. */
  segment: z.catch(z.optional(z.string()), undefined),
})
export type ReportSearch = z.infer<typeof reportSearch>

export interface Chip {
  name: FilterName
  value: string
}

/** Every filter value in force, in the fixed order of names. */
export function chips(search: ReportSearch): Chip[] {
  return FILTERS.flatMap((name) => (search[name] ?? []).map((value) => ({ name, value })))
}

/** The search with a filter's values replaced; values that the filter cannot have are left out. */
export function withFilter(search: ReportSearch, name: FilterName, next: string[]): ReportSearch {
  return reportSearch.parse({ ...search, [name]: next.length > 0 ? next : undefined })
}

export function withoutChip(search: ReportSearch, chip: Chip): ReportSearch {
  const kept = (search[chip.name] ?? []).filter((value) => value !== chip.value)
  return withFilter(search, chip.name, kept)
}

export function withoutFilters(search: ReportSearch): ReportSearch {
  return FILTERS.reduce((out, name) => withFilter(out, name, []), search)
}

/** The same report compared with nothing: for what has no comparison. */
export function withoutCompare(search: ReportSearch): ReportSearch {
  return { ...search, compare: 'none', compare_from: undefined, compare_to: undefined }
}

/** The same report over other days; what it is compared with are again the days before. */
export function withDays(
  search: ReportSearch,
  days: Pick<ReportSearch, 'preset' | 'from' | 'to' | 'around' | 'days'>,
): ReportSearch {
  const bare = { preset: undefined, from: undefined, to: undefined, around: undefined, days: undefined }
  return { ...search, ...bare, compare_from: undefined, compare_to: undefined, ...days }
}
