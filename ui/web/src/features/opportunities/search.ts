import * as z from 'zod/mini'
import type { ReportSearch } from '@/features/lifecycle/search'
import { FILTERS, reportSearch } from '@/features/lifecycle/search'

export const MEASURES = ['value', 'count', 'weighted_value'] as const
export type Measure = (typeof MEASURES)[number]

const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined)

/** All state of the page. An address that names nonsense shows the default, never an error. */
export const opportunitySearch = z.object({
  at: day,
  compare_at: day,
  group_by: reportSearch.shape.group_by,
  measure: z.catch(z.optional(z.enum(MEASURES)), undefined),
  source: reportSearch.shape.source,
  sub_source: reportSearch.shape.sub_source,
  medium: reportSearch.shape.medium,
  campaign: reportSearch.shape.campaign,
  ad_group: reportSearch.shape.ad_group,
  ad: reportSearch.shape.ad,
  keyword: reportSearch.shape.keyword,
  landing_page: reportSearch.shape.landing_page,
  owner: reportSearch.shape.owner,
  created_by: reportSearch.shape.created_by,
  journey: reportSearch.shape.journey,
})
export type OpportunitySearch = z.infer<typeof opportunitySearch>

/** What the pickers of the lifecycle report know of it: the filters, with values of this year. */
export function asReport(search: OpportunitySearch): ReportSearch {
  const { at, compare_at, measure, ...rest } = search
  return reportSearch.parse({ ...rest, preset: 'this_year' })
}

/** What they changed. */
export function fromReport(search: OpportunitySearch, next: ReportSearch): OpportunitySearch {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, next[name]]))
  return opportunitySearch.parse({ ...search, ...filters, group_by: next.group_by })
}
