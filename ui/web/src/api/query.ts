import type { ReportSearch } from '@/features/lifecycle/search'
import { FILTERS } from '@/features/lifecycle/search'

/** The query of a lifecycle report: the page's address, plus what only the call needs. */
export type LifecycleQuery = Omit<ReportSearch, 'view'> & {
  top?: number
  parts?: string
  format?: 'csv' | 'json'
}

export function reportQuery(search: ReportSearch): LifecycleQuery {
  const query: LifecycleQuery = {
    preset: search.from && search.to ? undefined : (search.preset ?? 'last_14_days'),
    from: search.from,
    to: search.to,
    compare: search.compare,
    group_by: search.group_by,
  }
  for (const name of FILTERS) query[name] = search[name]
  return query
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
