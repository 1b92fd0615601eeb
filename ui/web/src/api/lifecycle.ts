import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterName, ReportSearch } from '@/features/lifecycle/search'
import { withFilter, withoutCompare } from '@/features/lifecycle/search'
import { api, unwrap } from './client'
import type { LifecycleQuery } from './query'
import { reportQuery } from './query'
import type { LifecycleReport } from './types'

/** Everything under this key is renewed when the server says that data changed. */
export const lifecycleKey = ['lifecycle'] as const

async function fetchReport(query: LifecycleQuery, signal: AbortSignal): Promise<LifecycleReport> {
  const report = await unwrap(api.GET('/v1/reports/lifecycle', { params: { query }, signal }))
  if (!report.summary) throw new Error('the report has no summary')
  return { ...report, summary: report.summary }
}

export function lifecycleOptions(search: ReportSearch) {
  const query = reportQuery(search)
  return queryOptions({
    queryKey: [...lifecycleKey, 'report', query],
    queryFn: ({ signal }) => fetchReport(query, signal),
    placeholderData: keepPreviousData,
  })
}

/** The values that a filter can take in the chosen range, with how many journeys each has. */
export function filterValuesOptions(search: ReportSearch, name: FilterName) {
  const query = {
    ...reportQuery({ ...withoutCompare(withFilter(search, name, [])), group_by: name }),
    top: 50,
    parts: 'summary,groups',
  } satisfies LifecycleQuery
  return queryOptions({
    queryKey: [...lifecycleKey, 'values', query],
    queryFn: ({ signal }) => fetchReport(query, signal),
    select: (report) => (report.groups ?? []).filter((group) => group.kind !== 'other'),
    staleTime: 60_000,
  })
}
