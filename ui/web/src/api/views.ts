import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'
import type { NewView } from './types'

/** The ready-made questions, then the views that people saved. */
export const viewsOptions = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/views', { signal })),
  staleTime: 30_000,
})

export function addView(body: NewView) {
  return unwrap(api.POST('/v1/views', { body }))
}

export function editView({ id, ...body }: NewView & { id: string }) {
  return unwrap(api.PATCH('/v1/views/{id}', { params: { path: { id } }, body }))
}

export function removeView(id: string) {
  return unwrap(api.DELETE('/v1/views/{id}', { params: { path: { id } } }))
}
