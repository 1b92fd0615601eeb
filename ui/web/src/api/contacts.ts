import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'

const PAGE = 50

export function contactsOptions(q: string) {
  return infiniteQueryOptions({
    queryKey: ['contacts', { q }],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/contacts', {
          params: { query: { q: q || undefined, cursor: pageParam, limit: PAGE } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function contactOptions(id: string) {
  return queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/contacts/{id}', { params: { path: { id } }, signal })),
  })
}

export function journeysOptions(id: string) {
  return queryOptions({
    queryKey: ['contact', id, 'journeys'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/contacts/{id}/journeys', { params: { path: { id } }, signal })),
  })
}

export function timelineOptions(id: string) {
  return queryOptions({
    queryKey: ['contact', id, 'timeline'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/contacts/{id}/timeline', { params: { path: { id } }, signal })),
  })
}
