import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { api, unwrap } from './client'
import { queryString } from './query'
import type { paths } from './schema'

/** What the log can be asked for, without its pages. */
export type ChangesQuery = Omit<
  NonNullable<paths['/v1/changes']['get']['parameters']['query']>,
  'cursor' | 'limit'
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
