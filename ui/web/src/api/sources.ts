import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { DaySearch, SourceSearch } from '@/features/sources/search'
import { api, unwrap } from './client'
import type { FileFormat } from './query'
import { queryString } from './query'
import type { components, paths } from './schema'

type Schemas = components['schemas']
export type Sources = Schemas['ReportSources']
export type SourceRow = Schemas['ReportSourceRow']
export type SourceFigures = Schemas['ReportSourceFigures']
export type SourceContact = Schemas['ReportSourceContact']
export type SourceColumn = paths['/v1/reports/sources/contacts']['get']['parameters']['query']['column']

export const sourcesKey = ['sources'] as const

/** The days of a page's address as the reports take them, and the rest as it is. */
export function rangeQuery<Search extends DaySearch>(search: Search) {
  const { preset, from, to, compare, compare_from, compare_to, around, days, ...rest } = search
  if (around) return { around, days, ...rest }
  const range = from && to ? { from, to } : { preset: preset ?? 'last_90_days' }
  const own = compare_from && compare_to ? { compare_from, compare_to } : { compare }
  return { ...range, ...own, ...rest } as const
}

/** The query of the report: the page's address without what the page shows beside it. */
export function sourceQuery(search: SourceSearch) {
  const { metric, interval, column, row, ...rest } = search
  return rangeQuery(rest)
}

export function sourcesOptions(search: SourceSearch) {
  const query = sourceQuery(search)
  return queryOptions({
    queryKey: [...sourcesKey, 'report', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/sources', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export type Interval = 'day' | 'week' | 'month'

export function sourceTrendOptions(search: SourceSearch, interval: Interval) {
  const query = { ...sourceQuery({ ...search, also: undefined }), interval }
  return queryOptions({
    queryKey: [...sourcesKey, 'trend', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/sources/trend', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function sourceContactsOptions(search: SourceSearch, column: SourceColumn, row: string) {
  const query = { ...sourceQuery({ ...search, also: undefined }), column, row, limit: 25 }
  return infiniteQueryOptions({
    queryKey: [...sourcesKey, 'contacts', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/reports/sources/contacts', {
          params: { query: { ...query, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function sourcesHref(search: SourceSearch, format: FileFormat): string {
  return `/v1/reports/sources?${queryString({ ...sourceQuery(search), format })}`
}

export function sourceTrendHref(search: SourceSearch, interval: Interval, format: FileFormat): string {
  return `/v1/reports/sources/trend?${queryString({ ...sourceQuery(search), interval, format })}`
}
