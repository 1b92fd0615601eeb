import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'
import { queryString } from './query'
import type { paths } from './schema'

/** What the log can be asked for, without its pages. */
export type ChangesQuery = Omit<
  NonNullable<paths['/v1/changes']['get']['parameters']['query']>,
  'cursor' | 'limit' | 'format'
>

const PAGE = 50

export const logKey = ['log'] as const

export function changesOptions(query: ChangesQuery) {
  return infiniteQueryOptions({
    queryKey: [...logKey, 'changes', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/changes', { params: { query: { ...query, cursor: pageParam, limit: PAGE } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function changesHref(query: ChangesQuery): string {
  return `/v1/changes?${queryString({ ...query, format: 'csv' })}`
}

export type ByDayQuery = Pick<
  NonNullable<paths['/v1/reports/changes']['get']['parameters']['query']>,
  'from' | 'to' | 'actor'
>

/** How many changes each day has, and which days are out of the ordinary. */
export function byDayOptions(query: ByDayQuery) {
  return queryOptions({
    queryKey: [...logKey, 'days', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/reports/changes', { params: { query: { ...query, compare: 'none' } }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function byDayHref(query: ByDayQuery): string {
  return `/v1/reports/changes?${queryString({ ...query, compare: 'none', format: 'csv' })}`
}
