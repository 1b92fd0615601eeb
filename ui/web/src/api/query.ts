import type { ReportSearch } from '@/features/lifecycle/search'
import type { paths } from './schema'

/** The query of a lifecycle report: the page's address and nothing else. */
export type LifecycleQuery = NonNullable<paths['/v1/reports/lifecycle']['get']['parameters']['query']>

/** What the page shows beside the report (`explain`) is no part of it. */
export function reportQuery(search: ReportSearch): LifecycleQuery {
  const { preset, from, to, explain: _, ...rest } = search
  const days = from && to ? { from, to } : { preset: preset ?? 'last_14_days' }
  return { ...days, ...rest }
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

export type ReportTable = 'stages' | 'lost' | 'origins' | 'flow'

export function csvHref(table: ReportTable, search: ReportSearch): string {
  return `/v1/reports/lifecycle/${table}?${queryString({ ...reportQuery(search), format: 'csv' })}`
}
