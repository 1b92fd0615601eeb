import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Interval, ReportSearch } from '@/features/lifecycle/search'
import { withoutCompare } from '@/features/lifecycle/search'
import { api, unwrap } from './client'
import { lifecycleKey } from './lifecycle'
import { reportQuery } from './query'

/** The tables that the page fetches beside the report itself. They are renewed with it. */

type Table = 'trend' | 'incidence' | 'histogram' | 'stuck'

/** An answer's rows are read by the model of the section that shows them. */
export function tableOptions(
  table: Table,
  search: ReportSearch,
  more: { interval?: Interval; limit?: number } = {},
) {
  const query = { ...reportQuery(withoutCompare(search)), ...more }
  return queryOptions({
    queryKey: [...lifecycleKey, table, query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/reports/lifecycle/{table}', { params: { path: { table }, query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function marksOptions(search: ReportSearch) {
  const query = reportQuery(withoutCompare(search))
  return queryOptions({
    queryKey: [...lifecycleKey, 'marks', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/lifecycle/marks', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function forecastOptions(search: ReportSearch) {
  const query = reportQuery(withoutCompare(search))
  return queryOptions({
    queryKey: [...lifecycleKey, 'forecast', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/lifecycle/forecast', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function checkOptions(search: ReportSearch) {
  const query = reportQuery(search)
  return queryOptions({
    queryKey: [...lifecycleKey, 'check', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/lifecycle/check', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}
