import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type { NewList } from './types'

export const listsOptions = queryOptions({
  queryKey: ['lists'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/lists', { signal })),
  staleTime: 15_000,
})

export function listOptions(id: string) {
  return queryOptions({
    queryKey: ['lists', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/lists/{id}', { params: { path: { id } }, signal })),
  })
}

/** Who entered and who left, newest first. */
export function membershipsOptions(id: string) {
  return infiniteQueryOptions({
    queryKey: ['lists', id, 'history'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/lists/{id}/history', {
          params: { path: { id }, query: { cursor: pageParam, limit: 100 } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function addList(body: NewList) {
  return unwrap(api.POST('/v1/lists', { body }))
}

export function editList({ id, ...body }: NewList & { id: string }) {
  return unwrap(api.PATCH('/v1/lists/{id}', { params: { path: { id } }, body }))
}

export function removeList(id: string) {
  return unwrap(api.DELETE('/v1/lists/{id}', { params: { path: { id } } }))
}

/** Members of a static list: given by id, or pasted as lines. */
export function editMembers({
  id,
  ...body
}: {
  id: string
  add?: string[]
  csv?: string
  remove?: string[]
}) {
  return unwrap(api.POST('/v1/lists/{id}/members', { params: { path: { id } }, body, headers: idempotent() }))
}
