import * as z from 'zod/mini'
import { sourceSearch } from '@/features/sources/search'

export const ROLES = ['landing', 'assisting'] as const
export const MODELS = ['shapley', 'first', 'last', 'linear', 'position', 'time_decay'] as const
export const LEVELS = ['page', 'device', 'country'] as const
export const COLUMNS = [
  'lead',
  'lead_contacts',
  'lead_customers',
  'sale',
  'sale_contacts',
  'sale_customers',
  'revenue',
] as const
export type Role = (typeof ROLES)[number]
export type Model = (typeof MODELS)[number]
export type Level = (typeof LEVELS)[number]
export type PageColumn = (typeof COLUMNS)[number]

const { shape } = sourceSearch

/** All state of the page. An address that names nonsense shows the default, never an error. */
export const sitePageSearch = z.object({
  preset: shape.preset,
  from: shape.from,
  to: shape.to,
  compare: shape.compare,
  compare_from: shape.compare_from,
  compare_to: shape.compare_to,
  around: shape.around,
  days: shape.days,
  lookback: shape.lookback,
  role: z.catch(z.optional(z.enum(ROLES)), undefined),
  model: z.catch(z.optional(z.enum(MODELS)), undefined),
  level: z.catch(z.optional(z.enum(LEVELS)), undefined),
  page: shape.source,
  device: shape.source,
  country: shape.source,
  source: shape.source,
  /** The number whose contacts are shown beside the report. */
  column: z.catch(z.optional(z.enum(COLUMNS)), undefined),
  row: shape.row,
})
export type SitePageSearch = z.infer<typeof sitePageSearch>

/** What the rows are within; a filter by source comes from an address only. */
export const FILTERS = ['source', 'page', 'device', 'country'] as const
export type Filter = (typeof FILTERS)[number]

export function path(search: SitePageSearch): { filter: Filter; values: string[] }[] {
  return FILTERS.flatMap((filter) => {
    const values = search[filter]
    return values ? [{ filter, values }] : []
  })
}

/** A device or a country opens into its pages, a page into its devices. */
export function within(search: SitePageSearch, value: string): SitePageSearch {
  const level = search.level ?? 'page'
  const rest = { ...search, [level]: [value], column: undefined, row: undefined }
  return level === 'page' ? { ...rest, level: 'device', role: undefined } : { ...rest, level: undefined }
}

/** Other rows; a device is that of a whole visit, so only pages have a role. */
export function byLevel(search: SitePageSearch, level: Level): SitePageSearch {
  return level === 'page' ? { ...search, level: undefined } : { ...search, level, role: undefined }
}
