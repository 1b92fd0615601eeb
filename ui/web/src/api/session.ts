import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'

export const sessionOptions = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/session', { signal })),
  staleTime: 5 * 60_000,
})

export function signIn(body: { email: string; password: string }) {
  return unwrap(api.POST('/v1/session', { body }))
}

export function signOut() {
  return unwrap(api.DELETE('/v1/session'))
}

export function setUp(body: { token: string; name: string; email: string; password: string }) {
  return unwrap(api.POST('/v1/setup', { body }))
}

export function enableLifecycle() {
  return unwrap(api.PATCH('/v1/workspace', { body: { lifecycle_enabled: true } }))
}
