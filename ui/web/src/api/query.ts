import type { ReportSearch } from '@/features/lifecycle/search'
import type { paths } from './schema'

/** The query of a lifecycle report: the page's address and nothing else. */
export type LifecycleQuery = NonNullable<paths['/v1/reports/lifecycle']['get']['parameters']['query']>

/** What the page shows beside the report (`explain`, the trend's own choices) is no part of it. */
export function reportQuery(search: ReportSearch): LifecycleQuery {
  const { preset, from, to, around, days, explain, trend, interval, exit, ...others } = search
  const { compare, compare_from, compare_to, ...rest } = others
  if (around) return { around, days, ...rest }
  const range = from && to ? { from, to } : { preset: preset ?? 'last_14_days' }
  const own = compare_from && compare_to ? { compare_from, compare_to } : { compare }
  return { ...range, ...own, ...rest }
}

/** Serialises as the server reads it: repeated names for several values, an empty value kept. */
export function queryString(query: Record<string, unknown>): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    for (const one of values) if (one !== undefined && one !== null) out.append(name, String(one))
  }
  return out.toString()
}

export type ReportTable =
  'stages' | 'lost' | 'origins' | 'flow' | 'trend' | 'incidence' | 'histogram' | 'stuck' | 'journeys'
export type FileFormat = 'csv' | 'parquet'

/** Where a table of the report is as a file: a plain link, streamed however long it is. */
export function fileHref(
  table: ReportTable,
  search: ReportSearch,
  format: FileFormat = 'csv',
  more: Record<string, unknown> = {},
): string {
  return `/v1/reports/lifecycle/${table}?${queryString({ ...reportQuery(search), ...more, format })}`
}
