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

const values = z.catch(
  z.optional(
    z.pipe(
      z.transform((v: unknown) => (v === undefined ? undefined : Array.isArray(v) ? v : [v])),
      z.optional(z.array(z.string())),
    ),
  ),
  undefined,
)
const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined)

/** All state of the report page. An address that names nonsense shows the default, never an error. */
export const reportSearch = z.object({
  preset: z.catch(z.optional(z.enum(PRESETS)), undefined),
  from: day,
  to: day,
  compare: z.catch(z.optional(z.enum(COMPARES)), undefined),
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
  created_by: values,
  journey: values,
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

export function withFilter(search: ReportSearch, name: FilterName, next: string[]): ReportSearch {
  return { ...search, [name]: next.length > 0 ? next : undefined }
}

export function withoutChip(search: ReportSearch, chip: Chip): ReportSearch {
  const kept = (search[chip.name] ?? []).filter((value) => value !== chip.value)
  return withFilter(search, chip.name, kept)
}

export function withoutFilters(search: ReportSearch): ReportSearch {
  return FILTERS.reduce((out, name) => withFilter(out, name, []), search)
}
