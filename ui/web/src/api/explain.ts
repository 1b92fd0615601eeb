import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Selection } from '@/features/explain/selection'
import type { ReportSearch } from '@/features/lifecycle/search'
import { withDays, withoutCompare } from '@/features/lifecycle/search'
import { api, unwrap } from './client'
import { lifecycleKey } from './lifecycle'
import { queryString, reportQuery } from './query'

const PAGE = 50

/** A selection may have days of its own: those of a point of the trend. */
function behindQuery(search: ReportSearch, { from, to, ...selection }: Selection) {
  const days = from && to ? withDays(search, { from, to }) : search
  return { ...reportQuery(withoutCompare(days)), ...selection }
}

/** The journeys behind a number of the report, newest entry first. */
export function behindOptions(search: ReportSearch, selection: Selection) {
  const query = { ...behindQuery(search, selection), limit: PAGE }
  return infiniteQueryOptions({
    queryKey: [...lifecycleKey, 'journeys', query],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { table: 'journeys' as const }, query: { ...query, cursor: pageParam } }
      return unwrap(api.GET('/v1/reports/lifecycle/{table}', { params, signal }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  })
}

/** All of them as a file. */
export function behindCsv(search: ReportSearch, selection: Selection): string {
  const query = { ...behindQuery(search, selection), format: 'csv' }
  return `/v1/reports/lifecycle/journeys?${queryString(query)}`
}
